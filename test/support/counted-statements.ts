import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { SqliteQueryRunner } from '../../src/app/sqlite/sqlite-query-runner.js';

interface PostgresDriver {
  readonly postgres?: { readonly Client: { readonly prototype: { query(statement: unknown): unknown } } };
}

/** The statements that reach the connections of a DataSource while the code runs, `BEGIN` and `COMMIT` included. */
export async function statementsOf(dataSource: DataSource, code: () => Promise<unknown>): Promise<string[]> {
  const { postgres } = dataSource.driver as unknown as PostgresDriver;
  const spy =
    postgres === undefined
      ? jest.spyOn(SqliteQueryRunner.prototype, 'query')
      : jest.spyOn(postgres.Client.prototype, 'query');
  try {
    await code();
    return spy.mock.calls.map(([statement]) => textOf(statement));
  } finally {
    spy.mockRestore();
  }
}

function textOf(statement: unknown): string {
  return typeof statement === 'string' ? statement : (statement as { text: string }).text;
}
