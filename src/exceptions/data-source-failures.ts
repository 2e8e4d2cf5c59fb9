/** The part of TypeORM’s DataSource by which it is watched: without TypeORM, so that programs that have none do without. */
export interface WatchableDataSource {
  readonly driver: object;
}

const MARKS = Symbol.for('nestjs-errata.dataSourceFailures');

/** Errors that a DataSource gave when it was asked for a connection, and the drivers that are watched for them. */
const marks = shared();

/** How TypeORM’s drivers are asked for connections, those of version 0.3 and of 1 alike. */
const CONNECTING = ['connect', 'obtainMasterConnection', 'obtainSlaveConnection'] as const;

type Connecting = Partial<Record<(typeof CONNECTING)[number], (...given: unknown[]) => unknown>>;

/**
 * Watches how a DataSource connects: a connection that is refused is then known for the database’s, which it does not tell
 * by itself. To be called before the DataSource is initialized, or its first connection goes unwatched.
 * @returns the DataSource.
 */
export function watchDataSource<Watched extends WatchableDataSource>(dataSource: Watched): Watched {
  const driver = dataSource.driver as Connecting;
  if (marks.has(driver)) return dataSource;
  marks.add(driver);
  for (const name of CONNECTING) {
    const connect = driver[name];
    if (typeof connect === 'function') driver[name] = (...given) => marking(() => connect.apply(driver, given));
  }
  return dataSource;
}

/** Whether a DataSource that is watched gave the error when it was asked for a connection. */
export function isFromDataSource(error: unknown): boolean {
  return typeof error === 'object' && error !== null && marks.has(error);
}

async function marking(connect: () => unknown): Promise<unknown> {
  try {
    return await connect();
  } catch (error) {
    if (typeof error === 'object' && error !== null) marks.add(error);
    throw error;
  }
}

/** One set for all copies of the package that are loaded side by side. */
function shared(): WeakSet<object> {
  const holder = globalThis as { [MARKS]?: WeakSet<object> };
  if (holder[MARKS] === undefined) holder[MARKS] = new WeakSet();
  return holder[MARKS];
}
