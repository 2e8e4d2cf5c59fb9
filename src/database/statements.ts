import type { DataSource, QueryRunner } from 'typeorm';
import { databaseKindOf } from './database-kind.js';

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
  private readonly arePrepared: boolean;

  /** @param prepare whether PostgreSQL keeps the statements prepared on each connection; elsewhere it says nothing. */
  constructor(
    private readonly dataSource: DataSource,
    prepare: boolean,
  ) {
    this.arePrepared = prepare && databaseKindOf(dataSource.options.type) === 'postgres';
  }

  /** The rows of a statement, also those of RETURNING. */
  async rows<Row>(statement: string, parameters: Record<string, unknown> = {}): Promise<Row[]> {
    const driver: ParameterEscaper = this.dataSource.driver;
    const [text, values] = driver.escapeQueryWithParameters(statement, parameters, {});
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
    const driver: ParameterEscaper = this.dataSource.driver;
    const [text, values] = driver.escapeQueryWithParameters(statement, parameters, {});
    const runner = this.dataSource.createQueryRunner();
    try {
      const { affected } = await runner.query(text, values, true);
      return affected ?? 0;
    } finally {
      await runner.release();
    }
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MAX_PREPARED) return known;
    const name = `errata_${this.names.size + 1}`;
    this.names.set(text, name);
    return name;
  }
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
