/**
 * A host of the library. `check-package.mjs` copies it into each of its hosts as `main.ts`, so that the manifest beside it
 * tells whether it becomes an ES module or CommonJS.
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { type CanActivate, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import {
  type CatalogOptions,
  ErrorModule,
  getErrorByException,
  registerError,
  runProcess,
  ScaleError,
  type ScaleErrorOptions,
} from 'nestjs-errata';
import { errorEntities, errorMigrations, ErrorsService } from 'nestjs-errata/catalog';
import { DatabaseLogger, DatabaseLogHandler, logEntities, LogEntry, logMigrations } from 'nestjs-errata/logging';
import pinoTransport, { type PinoTransportOptions } from 'nestjs-errata/pino';
import { DataSource, type DataSourceOptions } from 'typeorm';

const DATABASE = { type: 'better-sqlite3', driver: Libsql, database: ':memory:' } as const satisfies DataSourceOptions;

/** The log that pino writes, a file because it is opened twice. */
const PINO_LOG = 'pino.sqlite';

@Injectable()
class Nobody implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

class OutOfFuel extends ScaleError {
  constructor(options: ScaleErrorOptions = {}) {
    super(42, 'out-of-fuel', { wrappedEx: 'FuelError', ...options });
  }
}

/** Types that are not found are `any`, which takes everything. */
function refusedByTheCompiler(): unknown[] {
  // @ts-expect-error The catalogue has no such setting.
  const catalogue: Parameters<typeof ErrorModule.forRoot>[0] = { catalog: 'yes' };
  // @ts-expect-error Nor has the log.
  const log: Parameters<typeof logEntities>[0] = 17;
  // @ts-expect-error Nor has the transport.
  const pino: PinoTransportOptions = { dataSource: 'postgres' };
  // @ts-expect-error A program is a function.
  const program: Parameters<typeof runProcess>[0] = 'main';
  return [catalogue, log, pino, program];
}

async function main(): Promise<void> {
  void refusedByTheCompiler;
  const withoutControllers = await open(true);
  const errors = withoutControllers.get(ErrorsService);
  console.log(`title: ${errors.getBuiltinError('database').title}`);
  console.log(`stored: ${(await errors.getByNaturalKey(null, 'database')).title}`);
  console.log(`build: ${buildIn(errors)}`);
  await withoutControllers.close();

  const withControllers = await open({ controllers: true, adminGuards: [Nobody] });
  const list = await withControllers.inject({ method: 'GET', url: '/v6/errors?name=database' });
  console.log(`list: ${list.statusCode} ${list.json<{ results: { title: string }[] }>().results[0]?.title}`);
  const creation = await withControllers.inject({ method: 'POST', url: '/v6/errors', payload: {} });
  console.log(`creation: ${creation.statusCode}`);
  await withControllers.close();

  console.log(`log: ${(await logged()).join(', ')}`);
  console.log(`pino: ${(await loggedByPino()).join(', ')}`);

  registerError(new OutOfFuel());
  const found = getErrorByException(Object.assign(new Error('The tank is empty'), { name: 'FuelError' }));
  console.log(`registered: ${found?.exitCode} ${found?.errorName}`);
}

/** What an application has in its log. */
async function logged(): Promise<string[]> {
  const application = await open(true, logEntities('better-sqlite3'));
  application.get(DatabaseLogger).printBy({ log: ignore, error: ignore, warn: ignore }).warn('of Nest', 'Host');
  application.get(DatabaseLogHandler).emit({ level: 'info', message: 'of its own', context: { shop: 7 } });
  await application.get(DatabaseLogHandler).flush();
  const entries = await entriesOf(application.get<DataSource>(getDataSourceToken()));
  await application.close();
  return entries;
}

/** The same of what pino writes to the stream. */
async function loggedByPino(): Promise<string[]> {
  const dataSource = {
    ...DATABASE,
    database: PINO_LOG,
    entities: logEntities('better-sqlite3'),
    migrations: logMigrations,
    migrationsRun: true,
  };
  const stream = await pinoTransport({ dataSource });
  stream.end(`${JSON.stringify({ level: 40, time: Date.now(), msg: 'of pino' })}\n`);
  await once(stream, 'close');
  const reading = await new DataSource({ ...dataSource, migrationsRun: false }).initialize();
  const entries = await entriesOf(reading);
  await reading.destroy();
  return entries;
}

async function entriesOf(dataSource: DataSource): Promise<string[]> {
  const entries = await dataSource.getRepository(LogEntry).find({ order: { id: 'ASC' } });
  return entries.map(({ level, message }) => `${level} ${message}`);
}

function ignore(): void {
  // What is printed is what is compared.
}

/** @param log the entities of the log, where there is to be one. */
async function open(
  catalog: true | CatalogOptions,
  log: ReturnType<typeof logEntities> = [],
): Promise<NestFastifyApplication> {
  const module = hostModule(catalog, log);
  const application = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  return application.init();
}

function hostModule(catalog: true | CatalogOptions, log: ReturnType<typeof logEntities>): Type {
  const database = TypeOrmModule.forRoot({
    ...DATABASE,
    entities: [...errorEntities('better-sqlite3'), ...log],
    migrations: [...errorMigrations, ...logMigrations],
    migrationsRun: true,
    retryAttempts: 1,
  });

  @Module({ imports: [database, ErrorModule.forRoot({ catalog, logging: log.length > 0 })] })
  class HostModule {}
  return HostModule;
}

/** The build that was loaded, which the stack of an error tells. */
function buildIn(errors: ErrorsService): string | undefined {
  try {
    errors.getBuiltinError('databse');
    return undefined;
  } catch (error) {
    return /nestjs-errata[\\/](\w+)[\\/]/.exec((error as Error).stack ?? '')?.[1];
  }
}

void runProcess(main);
