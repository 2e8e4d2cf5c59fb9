import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { FailureName } from './failing-program.js';

/** What became of a program. */
export interface FailedProgram {
  readonly exitCode: number | null;
  /** What its failure was found to be, as `ScaleIOError`; null where nothing was looked up. */
  readonly found: string | null;
  /** What it wrote to its log, without colours. */
  readonly log: string;
}

/** How a program is run. */
export interface Circumstances {
  /** Is called when the program says that it has connected. */
  readonly connected?: () => unknown;
  /** A command of the shell that comes first, such as a limit. */
  readonly before?: string;
}

const PROGRAM = resolve('dist/test/support/failing-program.js');

/** Runs a program that fails as it is told. */
export async function runFailing(
  failure: FailureName,
  target: string,
  option = '',
  { connected, before = 'true' }: Circumstances = {},
): Promise<FailedProgram> {
  const words = ['-c', `${before} && exec "$@"`, 'sh', process.execPath, PROGRAM, failure, target, option];
  const child = spawn('sh', words, {
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!output.includes('connected') && `${output}${text}`.includes('connected')) void connected?.();
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const [, found = null, cause] = /found (\w+), its cause (\w+)/.exec(output) ?? [];
  if (found !== null && found !== 'nothing' && cause !== 'given') throw new Error(`The cause of ${found} was lost.`);
  return { exitCode, found, log };
}
