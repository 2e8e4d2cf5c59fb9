import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { runFailing } from '../support/failed-program.js';
import type { FailureName } from '../support/failing-program.js';
import { findMariadb, type MariadbServer, startMariadb } from '../support/mariadb-server.js';
import { freePort } from '../support/postgres-server.js';

const OPERATIONAL = { exitCode: 3, found: 'ScaleOperationalError' };

(findMariadb() === null ? describe.skip : describe)('On MariaDB, a program ends with', () => {
  let server: MariadbServer;
  beforeAll(async () => void (server = await startMariadb()));
  afterAll(() => server.stop());

  test.each<[string, FailureName, string, RegExp]>([
    ['a deadlock', 'deadlock', '', /Deadlock found/],
    ['a lock that is not to be had', 'lockTimeout', 'SET innodb_lock_wait_timeout = 1', /Lock wait timeout exceeded/],
    ['a pool without a free connection', 'exhaustedPool', '{"waitForConnections":false}', /No connections available/],
    ['a session that was ended', 'query', 'KILL CONNECTION_ID()', /exit code 3/],
    [
      'a statement that took too long',
      'query',
      'SET STATEMENT max_statement_time=0.05 FOR SELECT SLEEP(5)',
      /exceeded/,
    ],
  ])('database-operation after %s', async (_, failure, option, said) => {
    const program = await runFailing(failure, server.url('test'), option);
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toMatch(/ERROR \[Process\] database-operation \(exit code 3\): /);
    expect(program.log).toMatch(said);
  });

  test('database-operation when the server refuses the connection, or has too many', async () => {
    const refused = await runFailing('connect', `mysql://root@127.0.0.1:${await freePort()}/none`);
    expect(refused).toMatchObject(OPERATIONAL);

    const client = await createConnection(server.url('test'));
    await client.query("CREATE USER crowded@'%' WITH MAX_USER_CONNECTIONS 1");
    await client.query("GRANT ALL ON test.* TO crowded@'%'");
    const holder = await createConnection(server.url('test', 'crowded'));
    const program = await runFailing('connect', server.url('test', 'crowded'));
    await holder.end();
    await client.end();
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toContain('max_user_connections');
  });

  test('database after a statement that cannot be right', async () => {
    const program = await runFailing('query', server.url('test'), 'SELECT * FROM nowhere');
    expect(program).toMatchObject({ exitCode: 2, found: 'ScaleDatabaseError' });
    expect(program.log).toMatch(/database \(exit code 2\): .*nowhere' doesn't exist\n/);
  });

  test('database-operation when the server is killed in mid-query', async () => {
    const program = await runFailing('queryOnceConnected', server.url('test'), 'SELECT SLEEP(60)', {
      async connected() {
        const client = await createConnection(server.url('test'));
        client.on('error', () => {});
        const sleeping = "SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(60)'";
        while (((await client.query(sleeping))[0] as unknown[]).length === 0);
        await server.kill();
      },
    });
    expect(program).toMatchObject(OPERATIONAL);
    expect(program.log).toContain('database-operation (exit code 3): ');
  });
});
