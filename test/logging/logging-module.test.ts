import { Readable } from 'node:stream';
import { Controller, Get, Logger, Module, StreamableFile, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import type { DataSource } from 'typeorm';
import { errorEntities, errorMigrations } from '../../src/catalog.js';
import { ErrorModule, InternalServerError } from '../../src/index.js';
import { DatabaseLogger, DatabaseLogHandler, logEntities, logMigrations } from '../../src/logging.js';
import { adapterOf, adapters } from '../support/host.js';
import { spoolDirectory } from '../support/log-table.js';

async function* halfOfIt(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(100_000);
  // What is read is sent before more is asked for.
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('The tape is torn.');
}

@Controller()
class FailingController {
  @Get('uncaught')
  uncaught(): never {
    throw new Error('The disk is gone.');
  }

  @Get('caused')
  caused(): never {
    const cause = new TypeError('The column is gone.');
    throw new InternalServerError('No report today.', { cause });
  }

  @Get('catalogued')
  catalogued(): never {
    throw new InternalServerError('No database.', { errorType: 'database' });
  }

  @Get('files/:name')
  file(): StreamableFile {
    return new StreamableFile(Readable.from(halfOfIt()));
  }
}

/** A module that has nothing of its own. */
@Module({})
class Unopened {}

interface Row {
  readonly level: string;
  readonly message: string;
  readonly stacktrace: string | null;
  readonly error_id: number | null;
  readonly request_id: string | null;
  readonly trace_id: string | null;
  readonly context: string | null;
}

const database = TypeOrmModule.forRoot({
  type: 'better-sqlite3',
  driver: Libsql,
  database: ':memory:',
  entities: [...errorEntities('better-sqlite3'), ...logEntities('better-sqlite3')],
  migrations: [...errorMigrations, ...logMigrations],
  migrationsRun: true,
});

describe.each(adapters)('An application on %s that keeps its log', (adapter) => {
  const spool = spoolDirectory();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  // Fastify counts.
  const requestId: unknown = adapter === 'fastify' ? expect.stringMatching(/^req-/) : 'request-7';
  const printed: unknown[] = [];
  let app: INestApplication;
  let source: DataSource;
  let handler: DatabaseLogHandler;

  const rows = async (): Promise<Row[]> => {
    await handler.flush();
    return source.query('SELECT * FROM logentry ORDER BY id');
  };
  const ask = (path: string): Promise<Response> =>
    app.getUrl().then((origin) =>
      fetch(`${origin}${path}`, {
        headers: { 'X-Request-Id': 'request-7', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
      }),
    );

  beforeAll(async () => {
    const imports = [database, ErrorModule.forRoot({ catalog: true, logging: { spool: { directory: spool.path } } })];
    const module = { module: Unopened, imports, controllers: [FailingController] };
    app = await NestFactory.create(module, adapterOf(adapter), { logger: false });
    const print = (...given: unknown[]): unknown => printed.push(given);
    app.useLogger(app.get(DatabaseLogger).printBy({ log: print, error: print, warn: print }));
    source = app.get<DataSource>(getDataSourceToken());
    handler = app.get(DatabaseLogHandler);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
    spool.remove();
  });

  test('keeps an error of its own once, with its request and its trace', async () => {
    printed.length = 0;
    await ask('/uncaught');
    const found = (await rows()).filter(({ message }) => message.includes('/uncaught was answered'));
    expect(found.map(({ message }) => message)).toEqual([
      'Error: The disk is gone. — GET /uncaught was answered with 500',
    ]);
    expect(found[0]).toMatchObject({ level: 'error', error_id: null, request_id: requestId, trace_id: traceId });
    expect(found[0]?.stacktrace).toContain('Error: The disk is gone.');
    expect(JSON.parse(found[0]?.context ?? '')).toMatchObject({ status: 500, method: 'GET', route: '/uncaught' });
    expect(printed).toHaveLength(1);
  });

  test('says what went wrong, and what that came of, before it says where', async () => {
    await ask('/caused?token=s3cret');
    const { message } = (await rows()).at(-1) ?? {};
    expect(message).toMatch(
      /^InternalServerError: Internal server error: No report today\.; caused by TypeError: The column is gone\. — GET \/caused was answered with 500$/i,
    );
  });

  test('keeps what fails after its answer began with its request and its route', async () => {
    const before = (await rows()).length;
    await expect(ask('/files/tape').then((response) => response.arrayBuffer())).rejects.toThrow();
    const [row, ...others] = (await rows()).slice(before);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      message: 'Error: The tape is torn. — GET /files/tape failed after its answer had begun',
      request_id: requestId,
      trace_id: traceId,
    });
    expect(JSON.parse(row?.context ?? '')).toMatchObject({ method: 'GET', path: '/files/tape', route: '/files/:name' });
  });

  test('keeps the id of a catalogued error', async () => {
    await ask('/catalogued');
    const [{ id } = { id: 0 }] = await source.query<{ id: number }[]>(`SELECT id FROM error WHERE name = 'database'`);
    expect((await rows()).at(-1)).toMatchObject({ error_id: id });
  });

  test('keeps what is logged, apart from its stack and its place', async () => {
    const logger = new Logger('Orders');
    logger.warn('Few are left.');
    logger.error('It broke.', 'Error: It broke.\n    at place (file.js:1:2)');
    logger.error(new TypeError('It is of another kind.'));
    const [few, broke, kind] = (await rows()).slice(-3);
    expect(few).toMatchObject({ level: 'warn', message: 'Few are left.', stacktrace: null });
    expect(JSON.parse(few?.context ?? '')).toEqual({ logger: 'Orders' });
    expect(broke).toMatchObject({ message: 'It broke.', stacktrace: 'Error: It broke.\n    at place (file.js:1:2)' });
    expect(kind?.message).toBe('TypeError: It is of another kind.');
    expect(kind?.stacktrace).toContain('logging-module.test');
  });

  test('has no part in a transaction that is rolled back', async () => {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    handler.emit({ level: 'info', message: 'beside a transaction' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await runner.rollbackTransaction();
    expect((await rows()).at(-1)).toMatchObject({ message: 'beside a transaction' });
  });

  test('takes the levels alone that it is told to keep', () => {
    const silent = new DatabaseLogHandler({ dataSource: source, spool: { directory: spool.path }, levels: ['error'] });
    silent.emit({ level: 'info', message: 'not wanted' });
    expect(silent.stats()).toMatchObject({ accepted: 0 });
    return silent.close();
  });
});

describe('The log cannot be opened', () => {
  test.each([
    [{ batchSize: 5 }, 'no option “batchSize”'],
    [{ batch: 0 }, 'batch is 0'],
    [{ model: 'Nothing' }, 'no entity “Nothing”'],
    [{ model: 'ErrorEntity' }, 'no property level and no message'],
    [{ spool: { path: '/' } }, 'no option “path”'],
    [{ table: false }, 'records would go nowhere'],
  ])('with %j', async (logging, message) => {
    const start = async (): Promise<unknown> =>
      NestFactory.create(
        { module: Unopened, imports: [database, ErrorModule.forRoot({ logging: logging as object })] },
        { logger: false, abortOnError: false },
      );
    await expect(start()).rejects.toThrow(message);
  });
});
