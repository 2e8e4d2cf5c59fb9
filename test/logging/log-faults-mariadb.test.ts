import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { aKillLosesNothing, missingTableLosesNothing, outagesLoseNothing } from '../support/log-outages.js';
import { LogUnderFaults } from '../support/log-under-faults.js';
import { findMariadb, type MariadbServer, startMariadb } from '../support/mariadb-server.js';

/** A server of its own: it is stopped and killed. */
(findMariadb() === null ? describe.skip : describe)('The log, when MariaDB fails', () => {
  let server: MariadbServer;
  let log: LogUnderFaults;

  beforeAll(async () => {
    server = await startMariadb();
    log = await LogUnderFaults.on(server.url('test'));
  });
  beforeEach(() => log.begin());
  afterEach(() => log.end());
  afterAll(async () => {
    await log.source.destroy();
    await server.stop();
  });

  outagesLoseNothing(() => ({ log, server }));
  missingTableLosesNothing(() => ({ log }));
  aKillLosesNothing(() => ({ log, away: () => server.signal('SIGSTOP'), back: () => server.signal('SIGCONT') }));
});
