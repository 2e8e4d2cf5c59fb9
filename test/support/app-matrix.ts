import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { AppModule } from '../../src/app/app.module.js';
import { readConfig } from '../../src/app/config.js';
import { createDataSource } from '../../src/app/database.js';
import { createHttpAdapter } from '../../src/app/http-adapter.js';
import { ErrorsService } from '../../src/catalog.js';
import { createDatabase, databaseKinds, type DatabaseKind } from './databases.js';

export type AdapterKind = 'express' | 'fastify';

/** Every adapter on every database. */
export const matrix: readonly (readonly [AdapterKind, DatabaseKind])[] = databaseKinds.flatMap((database) => [
  ['fastify', database] as const,
  ['express', database] as const,
]);

export const TOKEN = 'the-admins-token';

/** The service's application on one adapter and one database, reached by HTTP. */
export interface RunningApp {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly dataSource: DataSource;
  readonly errors: ErrorsService;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON with the admin's token, or with the headers given. */
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** Starts the service's application; the environment is added to what the database needs. */
export async function startApp(
  adapter: AdapterKind,
  database: DatabaseKind,
  environment: Record<string, string> = {},
): Promise<RunningApp> {
  const own = await createDatabase(database);
  const config = readConfig({ ADMIN_TOKEN: TOKEN, ...own.environment, ...environment });
  const dataSource = createDataSource(config);
  const module = await AppModule.with(config, dataSource, pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }));
  const app = adapter === 'fastify' ? await onFastify(module, config) : await onExpress(module, config);
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  return {
    origin,
    dataSource,
    errors: app.get(ErrorsService),
    get: (path, headers = {}) => fetch(`${origin}${path}`, { headers }),
    send: (method, path, body, headers = {}) =>
      fetch(`${origin}${path}`, {
        method,
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await app.close();
      await own.drop();
    },
  };
}

type Module = Awaited<ReturnType<typeof AppModule.with>>;
type Config = ReturnType<typeof readConfig>;

function onFastify(module: Module, config: Config): Promise<INestApplication> {
  return NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(config), { logger: false });
}

async function onExpress(module: Module, config: Config): Promise<INestApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, new ExpressAdapter(), { logger: false });
  app.useBodyParser('json', { limit: '1mb' });
  app.set('trust proxy', config.trustProxy);
  return app;
}
