import { findMariadb } from './mariadb-server.js';
import { startPostgres, type PostgresServer } from './postgres-server.js';

declare global {
  var errataPostgres: PostgresServer | undefined;
}

/** Brings up a PostgreSQL for all tests; a MariaDB is started by those tests that need one. */
export default async function setUp(): Promise<void> {
  if (findMariadb() === null) {
    const complaint = 'There is no mariadbd on this machine: install Debian’s mariadb-server.';
    if (process.env['CI'] !== undefined) throw new Error(`MariaDB is obligatory here. ${complaint}`);
    console.warn(`\n!!! NOTHING IS TESTED ON MARIADB. ${complaint}\n`);
  }
  try {
    globalThis.errataPostgres = await startPostgres();
    process.env['ERRATA_TEST_POSTGRES'] = globalThis.errataPostgres.url('postgres');
    console.log(`\nPostgreSQL ${globalThis.errataPostgres.version} runs on port ${globalThis.errataPostgres.port}.`);
  } catch (error) {
    if (process.env['ERRATA_TEST_WITHOUT_POSTGRES'] !== '1') {
      throw new Error(
        'PostgreSQL could not be had, and half of what there is to test is tested on it. Install PostgreSQL 15 or later, ' +
          'or set ERRATA_TEST_WITHOUT_POSTGRES=1 to go on with SQLite alone.',
        { cause: error },
      );
    }
    console.warn(`\n!!! NOTHING IS TESTED ON POSTGRESQL, as was asked for. It could not be had: ${String(error)}\n`);
  }
}
