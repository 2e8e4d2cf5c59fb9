import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../test/support/postgres-server.js';

type Step = () => unknown;

/** What a run needs around it, and takes away again: a directory, a PostgreSQL, and whatever is started on them. */
export class Stage {
  private readonly undoing: Step[] = [];
  private databases = 0;
  private server: PostgresServer | undefined;

  private constructor(private readonly root: string) {}

  /** Sets the stage; Ctrl-C takes it down as the end of the run does. */
  static async open(): Promise<Stage> {
    const root = mkdtempSync(join(tmpdir(), 'errata-bench-'));
    // PostgreSQL runs as another user and has to reach its own directory in this one.
    chmodSync(root, 0o711);
    // Whatever makes a temporary directory makes it in ours, so that nothing is left behind when a start is broken off.
    process.env['TMPDIR'] = root;
    const stage = new Stage(root);
    stage.defer(() => rmSync(root, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void stage.close().finally(() => process.exit(130)));
    }
    const starting = startPostgres();
    stage.defer(() => starting.then((server) => server.stop()).catch(() => {}));
    stage.server = await starting;
    return stage;
  }

  get postgresVersion(): string {
    return this.server?.version ?? '';
  }

  /** Remembers how to undo something; what was begun last is undone first. */
  defer(step: Step): void {
    this.undoing.push(step);
  }

  /** Does something and undoes what it deferred. */
  async perform<Result>(act: (stage: Stage) => Promise<Result>): Promise<Result> {
    const depth = this.undoing.length;
    try {
      return await act(this);
    } finally {
      await this.undoDownTo(depth);
    }
  }

  /** An empty directory. */
  directory(): string {
    return mkdtempSync(join(this.root, 'directory-'));
  }

  /** The address of an empty PostgreSQL database. */
  async database(): Promise<string> {
    if (this.server === undefined) throw new Error('PostgreSQL does not run yet.');
    const name = `bench_${++this.databases}`;
    await run(this.server.url('postgres'), `CREATE DATABASE ${name}`);
    return this.server.url(name);
  }

  /** The same on a server of its own that is set up as PostgreSQL comes: what it acknowledges outlives a power cut. */
  async durableDatabase(): Promise<string> {
    const starting = startPostgres([]);
    this.defer(() => starting.then((server) => server.stop()).catch(() => {}));
    return (await starting).url('postgres');
  }

  /** Undoes everything. */
  close(): Promise<void> {
    return this.undoDownTo(0);
  }

  private async undoDownTo(depth: number): Promise<void> {
    while (this.undoing.length > depth) {
      try {
        await this.undoing.pop()?.();
      } catch (error) {
        // What comes after still has to be undone.
        console.error(error);
      }
    }
  }
}

/** Runs plain SQL on a connection of its own. */
export async function run(databaseUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
