import { BadRequest } from '../../exceptions/client-errors.js';

/** What a process can end with. */
const MOST = 255;

/** Says what is wrong with an exit code, or null. */
export function exitCodeProblem(exitCode: unknown): string | null {
  if (Number.isInteger(exitCode) && (exitCode as number) >= 0 && (exitCode as number) <= MOST) return null;
  return `This is no exit code. Give an integer from 0 to ${MOST}.`;
}

/** @throws BadRequest for what no process can end with. */
export function checkedExitCode(exitCode: number): number {
  const problem = exitCodeProblem(exitCode);
  if (problem !== null) throw new BadRequest(`${exitCode}: ${problem}`);
  return exitCode;
}
