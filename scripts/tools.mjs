import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Runs a program of a package in the project's node_modules and gives what it prints. */
export function runTool(packageName, program, args, options) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = readJson(join(folder, 'package.json'));
  return runNode([join(folder, typeof bin === 'string' ? bin : bin[program]), ...args], options);
}

/** Runs npm and gives what it prints: the npm that runs this script, if one does. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm === undefined ? run('npm', args, options) : runNode([npm, ...args], options);
}

/** Runs Node and gives what it prints. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** @throws Error with everything the program printed, when it fails. */
export async function run(program, args, { cwd = ROOT } = {}) {
  try {
    const { stdout } = await execute(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    throw new Error([`${program} ${args.join(' ')} failed in ${cwd}.`, error.stdout, error.stderr].join('\n').trim(), {
      cause: error,
    });
  }
}
