import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { OutputWay } from '../support/writing-program.js';

const MUCH = 3_000_000;

function start(way: OutputWay): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [resolve('dist/test/support/writing-program.js'), way], {
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Everything that comes of a stream. */
async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const part of stream.setEncoding('utf8')) text += String(part);
  return text;
}

/** Runs the program, and reads what it writes. */
async function end(way: OutputWay): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = start(way);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [stdout, stderr, [exitCode]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exit]);
  return { exitCode, stdout, stderr };
}

describe('What a program wrote', () => {
  test.each(['to-stdout', 'to-stderr', 'to-both'] as const)('%s is out before it ends', async (way) => {
    const { exitCode, stdout, stderr } = await end(way);
    const whole = [MUCH + 4, 'END\n'];
    const shown = (text: string): unknown[] => [text.length, text.slice(-4)];
    expect(exitCode).toBe(0);
    expect(shown(stdout)).toEqual(way === 'to-stderr' ? [0, ''] : whole);
    expect(shown(stderr)).toEqual(way === 'to-stdout' ? [0, ''] : whole);
  });

  test('is out before a failure ends it, and so is the report of that', async () => {
    const { exitCode, stdout, stderr } = await end('fails');
    expect([stdout.length, exitCode]).toEqual([MUCH + 4, 30]);
    expect(stderr).toMatch(/ERROR \[Process\] x{3000000}END\n/);
  });

  test('keeps it no longer than some seconds when nobody reads, and its exit code is the same', async () => {
    const begun = performance.now();
    const child = start('to-both');
    const [exitCode] = (await once(child, 'exit')) as [number];
    child.stdout.destroy();
    child.stderr.destroy();
    expect(exitCode).toBe(0);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  test('keeps it no time when the readers are gone', async () => {
    const child = start('once-told');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stderr.destroy();
    const begun = performance.now();
    child.kill('SIGTERM');
    const [exitCode] = (await once(child, 'exit')) as [number];
    expect(exitCode).toBe(143);
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
