import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './postgres-server.js';

/** MariaDB refuses to run as root; this is the user that owns nothing. */
const NOBODY = 65_534;

const START_TIMEOUT = 60_000;

/** The server's program where Debian puts it, or null where there is none. */
export function findMariadb(): string | null {
  const path = ['/usr/sbin', ...(process.env['PATH'] ?? '').split(':')];
  return path.map((directory) => join(directory, 'mariadbd')).find((file) => existsSync(file)) ?? null;
}

export interface MariadbServer {
  readonly port: number;
  /** The address of a database on it, for a user who may do anything and needs no password. */
  url(database: string, user?: string): string;
  stop(): Promise<void>;
  /** Ends it at once, as a machine that loses its power does. */
  kill(): Promise<void>;
  /** Starts it again on the same data, after {@link kill}. */
  restart(): Promise<void>;
  /** Has it stand still, or go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Starts a MariaDB of its own in a directory of its own, for as long as this process lives; it has a database `test`. */
export async function startMariadb(): Promise<MariadbServer> {
  const program = findMariadb();
  if (program === null) throw new Error('There is no mariadbd on this machine. Install Debian’s mariadb-server.');
  const directory = mkdtempSync(join(tmpdir(), 'errata-mariadb-'));
  const data = join(directory, 'data');
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in user) chownSync(directory, NOBODY, NOBODY);

  const where = ['--no-defaults', `--datadir=${data}`];
  const install = [...where, '--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync('mariadb-install-db', install, { ...user, cwd: directory, stdio: 'pipe' });

  const port = await freePort();
  const log = openSync(join(directory, 'log'), 'a');
  const settings = [
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${join(directory, 'socket')}`,
    `--pid-file=${join(directory, 'pid')}`,
    '--skip-name-resolve',
    '--innodb-buffer-pool-size=16M',
    '--innodb-log-file-size=8M',
    // What it has acknowledged outlives the process, though not the machine.
    '--innodb-flush-log-at-trx-commit=2',
    '--performance-schema=OFF',
  ];
  const launch = (): ChildProcess =>
    spawn(program, [...where, ...settings], { ...user, cwd: directory, stdio: ['ignore', log, log] });
  let server = launch();
  const kill = (): void => void server.kill('SIGKILL');
  const hasEnded = (): boolean => server.exitCode !== null || server.signalCode !== null;
  process.once('exit', kill);

  const url = (database: string, name = 'root'): string => `mysql://${name}@127.0.0.1:${port}/${database}`;
  try {
    await waitUntilReady(url(''), hasEnded);
  } catch (error) {
    kill();
    throw new Error(`MariaDB did not start:\n${readFileSync(join(directory, 'log'), 'utf8')}`, { cause: error });
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (hasEnded()) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  return {
    port,
    url,
    kill: () => end('SIGKILL'),
    async restart() {
      server = launch();
      await waitUntilReady(url(''), hasEnded);
    },
    signal: (name) => void server.kill(name),
    async stop() {
      process.off('exit', kill);
      await end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    try {
      const connection = await createConnection(url);
      await connection.query('CREATE DATABASE IF NOT EXISTS test');
      await connection.end();
      return;
    } catch (error) {
      if (hasEnded() || performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}
