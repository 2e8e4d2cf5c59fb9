import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDatabase, databaseKinds, type TestDatabase } from '../support/databases.js';
import { type Circumstances, type FailedProgram, runFailing } from '../support/failed-program.js';
import type { FailureName } from '../support/failing-program.js';
import { freePort, startPostgres } from '../support/postgres-server.js';

const OPERATIONAL = { exitCode: 3, found: 'ScaleOperationalError' };
const DATABASE = { exitCode: 2, found: 'ScaleDatabaseError' };

(databaseKinds.includes('postgres') ? describe : describe.skip)('On PostgreSQL, a program ends with', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await createDatabase('postgres')));
  afterAll(() => database.drop());
  const url = (): string => database.environment['DATABASE_URL'] ?? '';
  const fail = (failure: FailureName, option?: string, around?: Circumstances): Promise<FailedProgram> =>
    runFailing(failure, url(), option, around);

  test.each<[string, FailureName, string, RegExp]>([
    ['a deadlock', 'deadlock', '', /deadlock detected/],
    ['a serialization failure', 'serialization', '', /could not serialize access/],
    ['a lock that is not to be had', 'lockTimeout', "SET LOCAL lock_timeout = '50ms'", /due to lock timeout/],
    ['a pool without a free connection', 'exhaustedPool', '{"connectionTimeoutMillis":2000}', /timeout exceeded/],
    ['a session that was ended', 'query', 'SELECT pg_terminate_backend(pg_backend_pid())', /terminat/],
  ])('database-operation after %s', async (_, failure, option, said) => {
    const program = await fail(failure, option);
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toMatch(/ERROR \[Process\] database-operation \(exit code 3\): /);
    expect(program.log).toMatch(said);
  });

  test('database-operation when the server is killed in mid-query', async () => {
    const server = await startPostgres();
    try {
      const program = await runFailing('queryOnceConnected', server.url('postgres'), 'SELECT pg_sleep(60)', {
        async connected() {
          const client = new pg.Client({ connectionString: server.url('postgres') });
          client.on('error', () => {});
          await client.connect();
          const sleeping = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(60)'";
          while ((await client.query(sleeping)).rowCount === 0);
          await server.kill();
        },
      });
      expect(program).toMatchObject(OPERATIONAL);
      expect(program.log).toContain('database-operation (exit code 3): ');
    } finally {
      await server.stop();
    }
  });

  test('database-operation when the server refuses the connection, or has too many', async () => {
    const refused = await runFailing('connect', `postgresql://postgres@127.0.0.1:${await freePort()}/none`);
    expect(refused).toMatchObject(OPERATIONAL);
    expect(refused.log).toContain('ECONNREFUSED');

    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    await client.query('CREATE ROLE crowded LOGIN CONNECTION LIMIT 0');
    const crowded = new URL(url());
    crowded.username = 'crowded';
    const program = await runFailing('connect', crowded.href);
    await client.query('DROP ROLE crowded');
    await client.end();
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toContain('too many connections for role');
  });

  test('database after a statement that cannot be right, also down the chain of causes, with the stack', async () => {
    const program = await fail('query', 'SELECT * FROM nowhere');
    expect(program).toMatchObject(DATABASE);
    expect(program.log).toMatch(/database \(exit code 2\): .*relation "nowhere" does not exist\n/);
    expect(program.log).toMatch(/Caused by: QueryFailedError: .*\n\s+at /);

    const wrapped = await fail('wrappedQuery', 'SELECT * FROM nowhere');
    expect(wrapped).toMatchObject(DATABASE);
    expect(wrapped.log).toContain('The job could not be stored.: relation "nowhere" does not exist');
  });
});
