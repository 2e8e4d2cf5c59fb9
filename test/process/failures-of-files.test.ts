import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runFailing } from '../support/failed-program.js';
import type { FailureName } from '../support/failing-program.js';
import { freePort } from '../support/postgres-server.js';

const IO = { exitCode: 4, found: 'ScaleIOError' };
const OPERATIONAL = { exitCode: 3, found: 'ScaleOperationalError' };

describe('A program ends with', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'errata-failures-'));
    chmodSync(directory, 0o755);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each<[FailureName, string | null]>([
    ['missingFile', 'ScaleIOError'],
    ['missingFileLater', 'ScaleIOError'],
    ['unhandledRejection', null],
    ['uncaughtException', null],
  ])('filesystem-io after a missing file (%s)', async (failure, found) => {
    const program = await runFailing(failure, join(directory, 'missing'));
    expect(program).toMatchObject({ exitCode: 4, found });
    expect(program.log).toMatch(/ERROR \[Process\] filesystem-io \(exit code 4\): .*ENOENT: no such file/);
  });

  test('filesystem-io after a permission that was denied', async () => {
    const file = join(directory, 'secret');
    writeFileSync(file, 'secret', { mode: 0o000 });
    const program = await runFailing('deniedFile', file);
    expect(program).toMatchObject(IO);
    expect(program.log).toContain('filesystem-io (exit code 4): ');
    expect(program.log).toContain('EACCES: permission denied');
  });

  test('filesystem-io after a full disk, or a file as large as it may be', async () => {
    const limited = await runFailing('fullDisk', join(directory, 'large'), '', { before: 'ulimit -f 1' });
    expect(limited).toMatchObject(IO);
    expect(limited.log).toContain('EFBIG: file too large');

    const disk = join(directory, 'disk');
    mkdirSync(disk);
    if (!mounted(disk)) return;
    try {
      const full = await runFailing('fullDisk', join(disk, 'large'));
      expect(full).toMatchObject(IO);
      expect(full.log).toContain('ENOSPC: no space left on device');

      const sqlite = await runFailing('query', join(disk, 'database'), 'CREATE TABLE rows (text text)');
      expect(sqlite).toMatchObject(OPERATIONAL);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test.each<[FailureName]>([['refusedSocket'], ['refusedFetch']])(
    'unknown after a refused connection that is not the database’s (%s)',
    async (failure) => {
      const program = await runFailing(failure, String(await freePort()));
      expect(program).toMatchObject({ exitCode: 1, found: 'nothing' });
      expect(program.log).toMatch(/ERROR \[Process\] unknown \(exit code 1\): .*ECONNREFUSED/);
      expect(program.log).toMatch(/Caused by: .*ECONNREFUSED.*\n/);
    },
  );

  test.each<[string, FailureName, RegExp]>([
    ['that is busy', 'sqliteBusy', /database is locked/],
    ['that is full', 'sqliteFull', /database or disk is full/],
  ])('database-operation after a SQLite database %s', async (_, failure, said) => {
    const program = await runFailing(failure, join(directory, failure));
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toContain('database-operation (exit code 3): ');
    expect(program.log).toMatch(said);
  });

  test('database-operation after a SQLite database that cannot be opened', async () => {
    const program = await runFailing('query', directory, 'SELECT 1');
    expect(program).toMatchObject(OPERATIONAL);
  });

  test('database after a statement that SQLite cannot make sense of', async () => {
    const program = await runFailing('query', join(directory, 'rows'), 'SELECT * FROM nowhere');
    expect(program).toMatchObject({ exitCode: 2, found: 'ScaleDatabaseError' });
    expect(program.log).toMatch(/database \(exit code 2\): .*no such table: nowhere\n/);
  });
});

/** A small disk of its own, where the machine lets us have one. */
function mounted(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
