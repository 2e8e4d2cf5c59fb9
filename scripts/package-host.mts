/**
 * A host of the library. `check-package.mjs` copies it into each of its hosts as `main.ts`, so that the manifest beside it
 * tells whether it becomes an ES module or CommonJS.
 */
import 'reflect-metadata';
import { type CanActivate, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { type CatalogOptions, ErrorModule } from 'nestjs-errata';
import { errorEntities, errorMigrations, ErrorsService } from 'nestjs-errata/catalog';

@Injectable()
class Nobody implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

async function main(): Promise<void> {
  // @ts-expect-error Types that are not found are `any`, which takes everything.
  const wrong: Parameters<typeof ErrorModule.forRoot>[0] = { catalog: 'yes' };
  void wrong;

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
}

async function open(catalog: true | CatalogOptions): Promise<NestFastifyApplication> {
  const application = await NestFactory.create<NestFastifyApplication>(hostModule(catalog), new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  return application.init();
}

function hostModule(catalog: true | CatalogOptions): Type {
  const database = TypeOrmModule.forRoot({
    type: 'better-sqlite3',
    driver: Libsql,
    database: ':memory:',
    entities: errorEntities('better-sqlite3'),
    migrations: errorMigrations,
    migrationsRun: true,
    retryAttempts: 1,
  });

  @Module({ imports: [database, ErrorModule.forRoot({ catalog })] })
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

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
