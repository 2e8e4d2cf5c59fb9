import type { DataSource, QueryRunner } from 'typeorm';
import { type DatabaseKind, databaseKindOf } from './database-kind.js';
import { inTurn } from './turns.js';

/** How many statements a connection keeps prepared; lists can be ordered in more ways than a server should remember. */
const MAX_PREPARED = 100;

/** TypeORM 0.3 insists on native parameters, too, which TypeORM 1 does not know. */
interface ParameterEscaper {
  escapeQueryWithParameters(statement: string, parameters: object, nativeParameters: object): [string, unknown[]];
}

/** A connection of `pg`, as far as it is used here. */
interface PostgresConnection {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

/** Runs single statements with named parameters (`:name`, `:...list`) on a DataSource. */
export class Statements {
  private readonly names = new Map<string, string>();
  private readonly kind: DatabaseKind | null;
  private readonly arePrepared: boolean;

  /**
   * @param prepare whether PostgreSQL keeps the statements prepared on each connection; elsewhere it says nothing.
   * @param transaction the runner whose open transaction the statements belong to.
   */
  constructor(
    private readonly dataSource: DataSource,
    prepare: boolean,
    private readonly transaction: QueryRunner | null = null,
  ) {
    this.kind = databaseKindOf(dataSource.options.type);
    this.arePrepared = prepare && transaction === null && this.kind === 'postgres';
  }

  /**
   * Runs statements in one transaction: what throws inside undoes them all. Of TypeORM's own DataSources for SQLite, which
   * have one runner for everybody, two transactions at once would be one: there they come one after the other.
   */
  inTransaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    const transaction = (): Promise<Result> =>
      this.dataSource.transaction(({ queryRunner }) =>
        work(new Statements(this.dataSource, false, queryRunner ?? null)),
      );
    const isShared = this.dataSource.createQueryRunner() === this.dataSource.createQueryRunner();
    return isShared ? inTurn(this.dataSource, transaction) : transaction();
  }

  /** The rows of a statement, also those of RETURNING. */
  async rows<Row>(statement: string, parameters: Record<string, unknown> = {}): Promise<Row[]> {
    const [text, values] = this.escape(statement, parameters);
    if (this.transaction !== null) return (await run(this.transaction, text, values)) as Row[];
    const runner = this.dataSource.createQueryRunner();
    try {
      const name = this.arePrepared ? this.nameOf(text) : undefined;
      return (
        name === undefined ? await run(runner, text, values) : await runPrepared(runner, name, text, values)
      ) as Row[];
    } finally {
      await runner.release();
    }
  }

  /** Runs a statement that changes rows, and gives how many. */
  async affected(statement: string, parameters: Record<string, unknown> = {}): Promise<number> {
    const [text, values] = this.escape(statement, parameters);
    const runner = this.dataSource.createQueryRunner();
    try {
      const { affected } = await runner.query(text, values, true);
      return affected ?? 0;
    } finally {
      await runner.release();
    }
  }

  private escape(statement: string, parameters: Record<string, unknown>): [string, unknown[]] {
    const driver: ParameterEscaper = this.dataSource.driver;
    const given = this.kind === 'sqlite' ? withWrittenNulls(parameters) : parameters;
    return driver.escapeQueryWithParameters(statement, given, {});
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MAX_PREPARED) return known;
    const name = `errata_${this.names.size + 1}`;
    this.names.set(text, name);
    return name;
  }
}

/**
 * Has TypeORM write null into the statement, as it does numbers: libsql takes a null that is the only parameter for an object
 * of named ones, and fails.
 */
function withWrittenNulls(parameters: Record<string, unknown>): Record<string, unknown> {
  const written = Object.entries(parameters).map(([name, value]) => [name, value === null ? () => 'NULL' : value]);
  return Object.fromEntries(written) as Record<string, unknown>;
}

async function run(runner: QueryRunner, text: string, values: unknown[]): Promise<unknown[]> {
  const { records } = await runner.query(text, values, true);
  return records as unknown[];
}

async function runPrepared(runner: QueryRunner, name: string, text: string, values: unknown[]): Promise<unknown[]> {
  const connection = (await runner.connect()) as PostgresConnection;
  const { rows } = await connection.query({ name, text, values });
  return rows;
}
