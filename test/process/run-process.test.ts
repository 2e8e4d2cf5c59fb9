import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runProcess } from '../../src/index.js';
import type { Way } from '../support/ending-program.js';

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly log: string;
  readonly milliseconds: number;
}

/** Runs the program; each time that it says one of the words, it gets the signal of that word. */
async function end(
  way: Way,
  {
    hook = '',
    deadlineMs = 5_000,
    signals = {},
  }: { hook?: Way | ''; deadlineMs?: number; signals?: Record<string, NodeJS.Signals> } = {},
): Promise<Ended> {
  const words = [resolve('dist/test/support/ending-program.js'), way, hook, String(deadlineMs)];
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  let begun = performance.now();
  const pending = new Map(Object.entries(signals));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const [word, signal] of pending) {
      if (!output.includes(word)) continue;
      pending.delete(word);
      begun = performance.now();
      child.kill(signal);
    }
  });
  for (const stream of [child.stderr, child.stdout])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output, log, milliseconds: performance.now() - begun };
}

describe('A program ends', () => {
  test('with 0 when it is done, whatever is still open, and with the code that it set', async () => {
    expect(await end('done', { hook: 'hook-works' })).toMatchObject({
      exitCode: 0,
      output: 'flushed\n',
      log: 'flushed\n',
    });
    expect(await end('sets-a-code')).toMatchObject({ exitCode: 7 });
  });

  test('with the exit code of the error that it throws, registered or not, once what is to be done before is done', async () => {
    const { exitCode, log } = await end('fails', { hook: 'hook-works' });
    expect(exitCode).toBe(30);
    expect(log).toMatch(/ERROR \[Process\] The disk is full\.\n/);
    expect(log).toContain('flushed\n');
  });

  test('also when its log fails, or is kept back', async () => {
    const unlogged = await end('fails-to-log');
    expect(unlogged.exitCode).toBe(30);
    expect(unlogged.log).toContain('“disk-full”, and its log could not be written');
    const buffered = await end('buffers-its-log');
    expect(buffered).toMatchObject({ exitCode: 30 });
    expect(buffered.log).toContain('The disk is full.');
  });

  test('with 1 after what nobody can name, and when it waits for nothing', async () => {
    const thrown = await end('throws-undefined');
    expect([thrown.exitCode, thrown.log]).toEqual([1, expect.stringContaining('unknown (exit code 1): ')]);
    const waiting = await end('waits-for-nothing');
    expect([waiting.exitCode, waiting.log]).toEqual([1, expect.stringContaining('nothing is left to bring about')]);
  });

  test('whatever becomes of what is to be done before', async () => {
    const failing = await end('fails', { hook: 'hook-fails' });
    expect([failing.exitCode, failing.log]).toEqual([30, expect.stringContaining('The flush failed.')]);
    const hanging = await end('done', { hook: 'hook-hangs', deadlineMs: 100 });
    expect([hanging.exitCode, hanging.log]).toEqual([0, expect.stringContaining('was not done within 100 ms')]);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('with 128 and the number of the signal: %s', async (signal, code) => {
    const { exitCode, output, milliseconds } = await end('is-signalled', {
      hook: 'hook-works',
      signals: { ready: signal },
    });
    expect([exitCode, output]).toEqual([code, 'ready\nflushed\n']);
    expect(milliseconds).toBeLessThan(4_000);
  });

  test('by a signal as soon as it stops, in whatever way', async () => {
    const signals = { ready: 'SIGTERM' } as const;
    const stopped = await end('stops-when-asked', { signals });
    expect(stopped.exitCode).toBe(143);
    expect(stopped.log).not.toContain('ERROR');
    expect(await end('cleans-up', { signals })).toMatchObject({ exitCode: 143, output: 'ready\ncleaned up\n' });
    const failed = await end('fails-while-stopping', { signals });
    expect([failed.exitCode, failed.log]).toEqual([143, expect.stringContaining('The disk is full.')]);
  });

  test('by a signal although it does not stop: at the deadline, or at a second signal', async () => {
    const late = await end('never-stops', { deadlineMs: 100, signals: { ready: 'SIGTERM' } });
    expect(late.exitCode).toBe(143);
    const twice = await end('never-stops', { deadlineMs: 60_000, signals: { ready: 'SIGTERM', asked: 'SIGINT' } });
    expect(twice.exitCode).toBe(130);
  });

  test('before it starts, with a deadline that is none', async () => {
    await expect(runProcess(() => {}, { deadlineMs: -1 })).rejects.toThrow(/deadlineMs is -1/);
  });
});
