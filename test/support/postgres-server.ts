import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries } from './postgres-binaries.js';

/** PostgreSQL refuses to run as root; this is the user that owns nothing. */
const NOBODY = 65_534;

/** Below the ports that the system gives to outgoing connections. */
const PORTS = { first: 20_000, last: 31_999 };

const START_TIMEOUT = 60_000;

export interface PostgresServer {
  readonly port: number;
  readonly version: string;
  /** The address of a database on it. */
  url(database: string): string;
  stop(): Promise<void>;
  /** Ends it at once, as a machine that loses its power does. */
  kill(): Promise<void>;
  /** Starts it again on the same data, after {@link kill}. */
  restart(): Promise<void>;
  /** Has all of its processes stand still, or go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

/** What makes it quick at the price of what a power cut would leave, which is of no interest to a test. */
const QUICK = ['fsync=off', 'shared_buffers=256MB'];

/**
 * Starts a PostgreSQL of its own in a directory of its own, for as long as this process lives.
 * @param tuning settings beside those that it cannot do without; none for a PostgreSQL as it comes.
 */
export async function startPostgres(tuning: readonly string[] = QUICK): Promise<PostgresServer> {
  const binaries = findPostgresBinaries();
  const directory = mkdtempSync(join(tmpdir(), 'errata-postgres-'));
  const data = join(directory, 'data');
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in user) chownSync(directory, NOBODY, NOBODY);

  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), initdb, { ...user, cwd: directory, stdio: 'pipe' });

  const port = await freePort();
  const log = openSync(join(directory, 'log'), 'a');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300', ...tuning].flatMap(
    (setting) => ['-c', setting],
  );
  const launch = (): ChildProcess =>
    spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...user,
      cwd: directory,
      stdio: ['ignore', log, log],
    });
  let server = launch();
  const kill = (): void => void server.kill('SIGQUIT');
  process.once('exit', kill);

  const url = (database: string): string => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  try {
    const version = await waitUntilReady(url('postgres'), () => server.exitCode !== null);
    return {
      port,
      version,
      url,
      async stop() {
        process.off('exit', kill);
        if (server.exitCode === null && server.signalCode === null) {
          server.kill('SIGINT');
          await once(server, 'exit');
        }
        rmSync(directory, { recursive: true, force: true });
      },
      async kill() {
        server.kill('SIGKILL');
        if (server.signalCode === null && server.exitCode === null) await once(server, 'exit');
      },
      async restart() {
        // What is left of it goes on for a moment, and holds the data.
        const deadline = performance.now() + START_TIMEOUT;
        for (;;) {
          server = launch();
          try {
            await waitUntilReady(url('postgres'), () => server.exitCode !== null);
            return;
          } catch (error) {
            if (performance.now() > deadline) throw error;
          }
          await delay(50);
        }
      },
      signal(name) {
        const { pid = 0 } = server;
        const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
        for (const member of [pid, ...children.map(Number)]) process.kill(member, name);
      },
    };
  } catch (error) {
    kill();
    throw new Error(`PostgreSQL did not start:\n${readFileSync(join(directory, 'log'), 'utf8')}`, { cause: error });
  }
}

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<string> {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
      await client.end();
      return rows[0]?.server_version ?? '';
    } catch (error) {
      if (hasEnded() || performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}

/** A port below the ephemeral range that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = PORTS.first + Math.floor(Math.random() * (PORTS.last - PORTS.first));
  const probe = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  probe.close();
  await once(probe, 'close');
  return port;
}
