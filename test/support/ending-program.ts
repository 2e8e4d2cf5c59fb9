// A program that comes to an end in the way that it is told.
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { runProcess, ScaleError } from '../../src/index.js';

class DiskFull extends ScaleError {
  constructor() {
    super(30, 'disk-full');
  }
  override getLogMessage(): string {
    return 'The disk is full.';
  }
  override log(): void {
    if (way === 'fails-to-log') throw new Error('No log.');
    super.log();
  }
}

const forever = (): Promise<never> => new Promise(() => setInterval(() => {}, 1_000));
const ready = (): void => console.log('ready');

/** How the program may end. */
export type Way = keyof typeof MAINS | keyof typeof HOOKS;

const MAINS = {
  done: () => void setInterval(() => {}, 1_000),
  'sets-a-code': () => void (process.exitCode = 7),
  fails: () => {
    throw new DiskFull();
  },
  'fails-to-log': () => {
    throw new DiskFull();
  },
  'throws-undefined': () => Promise.reject(undefined as unknown as Error),
  'waits-for-nothing': () => new Promise(() => {}),
  'buffers-its-log': () => {
    Logger.attachBuffer();
    throw new DiskFull();
  },
  'is-signalled': async () => {
    ready();
    await forever();
  },
  'stops-when-asked': async (signal: AbortSignal) => {
    ready();
    await delay(60_000, undefined, { signal });
  },
  'cleans-up': async (signal: AbortSignal) => {
    ready();
    await delay(60_000, undefined, { signal }).catch(() => delay(50));
    console.log('cleaned up');
  },
  'fails-while-stopping': async (signal: AbortSignal) => {
    ready();
    await delay(60_000, undefined, { signal }).catch(() => {});
    throw new DiskFull();
  },
  'never-stops': async (signal: AbortSignal) => {
    ready();
    signal.addEventListener('abort', () => console.log('asked'));
    await forever();
  },
} satisfies Record<string, (signal: AbortSignal) => unknown>;

const HOOKS = {
  'hook-fails': () => Promise.reject(new Error('The flush failed.')),
  'hook-hangs': () => new Promise(() => {}),
  'hook-works': async () => {
    await delay(50);
    console.log('flushed');
  },
} satisfies Record<string, () => unknown>;

const [way = '', hook = '', deadline = '5000'] = process.argv.slice(2);
const beforeExit = (HOOKS as Record<string, () => unknown>)[hook];
await runProcess(MAINS[way as keyof typeof MAINS], {
  deadlineMs: Number(deadline),
  ...(beforeExit ? { beforeExit } : {}),
});
