import { isFromDataSource } from './data-source-failures.js';
import { isFileFailure } from './system-failures.js';

/** What the drivers’ errors have beside their message. */
interface DriverError {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly severity?: unknown;
  readonly sqlState?: unknown;
  readonly errno?: unknown;
  readonly syscall?: unknown;
  /** Where TypeORM keeps what the driver threw. */
  readonly driverError?: unknown;
}

/**
 * Classes of SQLSTATE: connection exception, insufficient resources, operator intervention. The same for PostgreSQL (manual,
 * appendix A) and, as far as it has them, MySQL.
 */
const CLASSES: ReadonlySet<string> = new Set(['08', '53', '57']);

/**
 * Single ones: serialization failure, completion unknown, deadlock, lock not available, and the timeouts that end a session
 * or a transaction.
 */
const STATES: ReadonlySet<string> = new Set(['40001', '40003', '40P01', '55P03', '25P03', '25P04']);

/**
 * Errors of MySQL and MariaDB whose SQLSTATE tells too little, by their numbers (MySQL Error Reference; MariaDB Error Codes):
 * no disk space (1021), no memory (1037, 1038, 1041), too many connections (1040, 1203, 1226), shutdown (1053, 1077, 1079),
 * table full (1114), network (1152 to 1161), lock wait timeout (1205), deadlock (1213), interrupted (1317), connection killed
 * (1927), statement timeout (1969, 3024), lock not waited for (3572).
 */
const MYSQL: ReadonlySet<number> = new Set([
  1021, 1037, 1038, 1040, 1041, 1053, 1077, 1079, 1114, 1152, 1153, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161,
  1203, 1205, 1213, 1226, 1317, 1927, 1969, 3024, 3572,
]);

/** SQLite’s result codes, each with its extended ones (sqlite.org/rescode.html), as better-sqlite3 and libsql give them. */
const SQLITE = /^SQLITE_(?:BUSY|CANTOPEN|FULL|INTERRUPT|IOERR|LOCKED|NOMEM|PROTOCOL)(?:_|$)/;

/** Codes that mysql2 gives itself (lib/base/connection.js). */
const MYSQL2: ReadonlySet<string> = new Set(['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT']);

/** Codes of the system for a connection that is gone or cannot be made. They say nothing of who was called. */
const CONNECTION: ReadonlySet<string> = new Set([
  ...[
    'EAI_AGAIN',
    'ECONNABORTED',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
  ],
  ...['ENOTFOUND', 'EPIPE', 'ETIMEDOUT'],
]);

/** What pg, pg-pool and mysql2 say without any code. */
const MESSAGES: ReadonlySet<string> = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'Pool is closed.',
  'No connections available.',
  'Queue limit reached.',
  "Can't add new command when connection is in closed state",
]);

/** What libsql says, without any code, of a file that it cannot open. */
const UNOPENED = /^ConnectionFailed\(/;

/** Whether the database could not be worked with, while the statement may have been right. */
export function isOperational(error: unknown): boolean {
  const failure = driverErrorOf(error);
  const { code, message } = failure;
  const state = stateOf(failure);
  if (state !== null) return STATES.has(state) || CLASSES.has(state.slice(0, 2)) || MYSQL.has(Number(failure.errno));
  if (typeof message === 'string' && (MESSAGES.has(message) || UNOPENED.test(message))) return true;
  if (typeof code !== 'string') return false;
  if (SQLITE.test(code) || MYSQL2.has(code)) return true;
  const isOfConnection = CONNECTION.has(code) || failure.syscall === 'connect';
  return isOfConnection && (failure !== error || isFromDataSource(error));
}

/** Whether a database’s driver made the error, or TypeORM of one of a driver. */
export function isFromDatabase(error: unknown): boolean {
  const failure = driverErrorOf(error);
  if (failure !== error || stateOf(failure) !== null) return true;
  if (typeof failure.code === 'string' && failure.code.startsWith('SQLITE_')) return true;
  // The directory of a database file, say, is the file system’s.
  return isFromDataSource(error) && !isFileFailure(error);
}

function driverErrorOf(error: unknown): DriverError {
  const { driverError } = error as DriverError;
  return typeof driverError === 'object' && driverError !== null ? driverError : (error as DriverError);
}

/** The SQLSTATE that the server gave: mysql2 calls it so, and pg gives it with a severity. */
function stateOf({ code, severity, sqlState }: DriverError): string | null {
  if (typeof sqlState === 'string') return sqlState;
  return typeof severity === 'string' && typeof code === 'string' ? code : null;
}
