import { LOG_LIMITS } from './records/log-limits.js';
import type { LogTarget } from './delivery/log-target.js';
import { shortened } from './records/mending.js';

/** How records are written. */
export interface LogHandlerOptions {
  /**
   * The entity that records are written to, by its name. It needs properties `level` and `message`, and is given what else
   * it has properties for.
   * @default '' which is LogEntry
   */
  model?: string;
  /**
   * Whether records are written to a table; false where other targets are all there is.
   * @default true
   */
  table?: boolean;
  /**
   * Where records go besides, each by a name of the application's own, with a queue and a spool of its own.
   * @default none
   */
  targets?: Readonly<Record<string, LogTarget>>;
  /**
   * How many records are written at once: 1 to 10,000.
   * @default 1000
   */
  batch?: number;
  /**
   * How long a batch is waited for, in milliseconds: 1 to 60,000.
   * @default 200
   */
  interval?: number;
  /**
   * How much may wait in memory, in bytes, at least 1 MiB.
   * @default 16 MiB
   */
  queueBytes?: number;
  /** Where records are kept while a target is away; false for nowhere, which loses what does not fit into the queue. */
  spool?: false | SpoolOptions;
  /**
   * The levels that are kept, by name.
   * @default all
   */
  levels?: readonly string[];
  /**
   * The machine, for records that do not say.
   * @default the machine's full name, and its short one until that is known
   */
  host?: string;
  /**
   * How long the database may take to answer before it counts as away, in milliseconds.
   * @default 10000
   */
  answerTimeout?: number;
  /**
   * How long records may take to be stored once the application is told to stop, in milliseconds; the rest is spooled.
   * @default 5000
   */
  shutdownTimeout?: number;
}

/** Where records are kept while a target is away. */
export interface SpoolOptions {
  /**
   * The directory; several processes may share it.
   * @default 'log-spool' in the working directory
   */
  directory?: string;
  /**
   * How much it may take up, in bytes, at least 64 KiB.
   * @default 1 GiB
   */
  maxBytes?: number;
}

/** The same, with every default in its place. */
export interface LogHandlerSettings {
  readonly batch: number;
  readonly interval: number;
  readonly queueBytes: number;
  readonly spool: { readonly directory: string; readonly maxBytes: number } | null;
  readonly levels: ReadonlySet<string> | null;
  /** Null for the name of this machine. */
  readonly host: string | null;
  readonly answerTimeout: number;
  readonly shutdownTimeout: number;
}

/** What there is to set. */
export const LOG_HANDLER_OPTIONS = [
  ...['model', 'table', 'targets', 'batch', 'interval', 'queueBytes', 'spool', 'levels', 'host'],
  ...['answerTimeout', 'shutdownTimeout'],
];

const MIB = 1_048_576;

/** @throws Error for options that there are not, or that cannot be used. */
export function logHandlerSettings(options: LogHandlerOptions): LogHandlerSettings {
  refuseOthers('The log', options, LOG_HANDLER_OPTIONS);
  const spool = options.spool ?? {};
  if (spool !== false) refuseOthers('The log’s spool', spool, ['directory', 'maxBytes']);
  const { levels, targets = {} } = options;
  if (levels !== undefined && !(Array.isArray(levels) && levels.every((level) => typeof level === 'string'))) {
    throw new Error('DatabaseLogHandler: levels has to be a list of names, such as [‘warn’, ‘error’, ‘fatal’].');
  }
  if (options.table === false && Object.keys(targets).length === 0) {
    throw new Error('DatabaseLogHandler: table is false and there are no targets, so records would go nowhere.');
  }
  const unfit = Object.keys(targets).find((name) => name === 'table' || !/^[\w-]{1,64}$/.test(name));
  if (unfit !== undefined) {
    throw new Error(
      `DatabaseLogHandler: the target “${unfit}” needs another name: letters, digits, - and _, and not “table”.`,
    );
  }
  return {
    batch: within('batch', options.batch, 1_000, 1, 10_000),
    interval: within('interval', options.interval, 200, 1, 60_000),
    queueBytes: within('queueBytes', options.queueBytes, 16 * MIB, MIB, 1_024 * MIB),
    spool:
      spool === false
        ? null
        : {
            directory: spool.directory ?? 'log-spool',
            maxBytes: within('spool.maxBytes', spool.maxBytes, 1_024 * MIB, 65_536, Number.MAX_SAFE_INTEGER),
          },
    levels: levels === undefined ? null : new Set(levels),
    host: options.host === undefined ? null : shortened(options.host, LOG_LIMITS.host),
    answerTimeout: within('answerTimeout', options.answerTimeout, 10_000, 100, 600_000),
    shutdownTimeout: within('shutdownTimeout', options.shutdownTimeout, 5_000, 0, 600_000),
  };
}

/** @throws Error for options that there are not, which would otherwise be passed over in silence. */
export function refuseOthers(place: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `DatabaseLogHandler: ${place} has no option “${unknown.join('”, “')}”. The options are ${known.join(', ')}.`,
  );
}

function within(name: string, given: number | undefined, fallback: number, least: number, most: number): number {
  if (given === undefined) return fallback;
  if (Number.isInteger(given) && given >= least && given <= most) return given;
  throw new Error(
    `DatabaseLogHandler: ${name} is ${String(given)}, and has to be a whole number from ${least} to ${most}.`,
  );
}
