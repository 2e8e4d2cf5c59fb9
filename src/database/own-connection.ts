import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';

/** How long a connection may take, in milliseconds, where the host does not say. */
const CONNECT_TIMEOUT = 5_000;

/** A connection of PostgreSQL's or MySQL's driver, as far as it is used here. */
interface DriverConnection {
  /** The connection beneath PostgreSQL's. */
  readonly connection?: { readonly stream?: { destroy(): void } };
  destroy?(): void;
}

/** The connection did not answer in time, and was broken off. What was asked may still have been done. */
export class AnswerOverdue extends Error {
  override readonly name = 'AnswerOverdue';
}

/**
 * One connection to the database of a DataSource, apart from that one's own: no transaction of the application's has part
 * in what is written over it, and no pool that the application has used up keeps it waiting. It is made when it is needed,
 * and again when it was lost.
 */
export class OwnConnection {
  private opening: Promise<DataSource> | null = null;

  /** @param timeout how long an answer may take, in milliseconds. */
  constructor(
    private readonly application: DataSource,
    private readonly timeout: number,
  ) {}

  /** @throws AnswerOverdue, and what the driver throws. */
  query(statement: string, parameters: unknown[]): Promise<void> {
    return this.use((runner) => runner.query(statement, parameters));
  }

  /**
   * Does something with the connection alone.
   * @param act is given the driver's own connection, too, for what TypeORM has no words for.
   * @throws AnswerOverdue, and what the driver throws.
   */
  async use(act: (runner: QueryRunner, connection: unknown) => Promise<unknown>): Promise<void> {
    const source = await this.opened();
    const runner = source.createQueryRunner();
    let timer: NodeJS.Timeout | undefined;
    try {
      const connection = (await runner.connect()) as DriverConnection;
      const overdue = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          breakOff(connection);
          reject(new AnswerOverdue(`The database did not answer within ${this.timeout} ms.`));
        }, this.timeout);
      });
      await Promise.race([act(runner, connection), overdue]);
    } finally {
      clearTimeout(timer);
      await runner.release();
    }
  }

  async close(): Promise<void> {
    const source = await this.opening?.catch(() => null);
    this.opening = null;
    if (source?.isInitialized) await source.destroy();
  }

  private opened(): Promise<DataSource> {
    this.opening ??= new DataSource(optionsLike(this.application.options)).initialize().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }
}

function optionsLike(options: DataSourceOptions): DataSourceOptions {
  const extra = (options.extra ?? {}) as Record<string, unknown>;
  const isPostgres = options.type === 'postgres';
  const timeouts = isPostgres ? { connectTimeoutMS: CONNECT_TIMEOUT } : { connectTimeout: CONNECT_TIMEOUT };
  const pool = isPostgres ? { max: 1, allowExitOnIdle: true } : { connectionLimit: 1 };
  return {
    ...timeouts,
    ...options,
    entities: [],
    migrations: [],
    subscribers: [],
    synchronize: false,
    dropSchema: false,
    migrationsRun: false,
    installExtensions: false,
    cache: false,
    // What is written of the log is not logged.
    logging: false,
    poolSize: 1,
    extra: { ...extra, ...pool },
  } as unknown as DataSourceOptions;
}

function breakOff(connection: DriverConnection): void {
  if (connection.connection?.stream !== undefined) connection.connection.stream.destroy();
  else connection.destroy?.();
}
