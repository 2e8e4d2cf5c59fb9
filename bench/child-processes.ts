import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../test/support/postgres-server.js';
import type { Stage } from './stage.js';

const SERVICE = fileURLToPath(new URL('../src/main.js', import.meta.url));
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 15_000;

/** Linux counts in hundredths of a second, for programs. */
const MICROSECONDS_A_TICK = 10_000;

/** What an admin sends to the services that are started here. */
export const TOKEN = 'the-admins-token';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** How long it took from the start of the process to the first answer, in milliseconds. */
  readonly startTime: number;
  stop(): Promise<void>;
}

/**
 * Starts the service as its users do, with the settings given and otherwise the default ones, and waits until it answers.
 * What it logs goes to /dev/null: it is written, but no reader slows it down.
 */
export async function startService(stage: Stage, settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [SERVICE], {
    cwd: stage.directory(),
    env: { PATH: process.env['PATH'], ADMIN_TOKEN: TOKEN, PORT: String(port), ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  stage.defer(() => stop(child));
  const origin = `http://127.0.0.1:${port}`;
  await untilItAnswers(`${origin}/v6/errors/`, child);
  return { origin, pid: child.pid ?? 0, startTime: performance.now() - begun, stop: () => stop(child) };
}

/** Starts a server of `bench/servers`, which is sent its settings and answers with its port. */
export async function startBareServer(stage: Stage, name: string, settings: object): Promise<ServerProcess> {
  const begun = performance.now();
  const child = fork(fileURLToPath(new URL(`servers/${name}.js`, import.meta.url)));
  stage.defer(() => stop(child));
  child.send(settings);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The server ${name} ended before it listened.`);
  });
  // It ends in any case, later.
  ended.catch(() => {});
  const [port] = (await Promise.race([once(child, 'message'), ended])) as [number];
  const startTime = performance.now() - begun;
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, startTime, stop: () => stop(child) };
}

/** The memory that a process has in RAM, in MB. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** How long a process has been on a processor, in its own code and in the kernel's for it, in microseconds. */
export function processorMicroseconds(pid: number): number {
  // The second field is the name in brackets, in which there may be anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [user, system] = [fields[11], fields[12]];
  return (Number(user) + Number(system)) * MICROSECONDS_A_TICK;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    const status = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => null,
    );
    if (status === 200) return;
    if (hasEnded(child)) throw new Error('The service ended before it answered.');
    if (performance.now() > deadline) throw new Error('The service did not answer in time.');
    await delay(5);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  await ended;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
