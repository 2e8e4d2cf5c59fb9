import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { DataSource } from 'typeorm';
import { errorEntities, errorMigrations } from '../../src/catalog.js';

/** A host's own database, in memory, with the catalogue's tables. */
const OPTIONS = {
  type: 'better-sqlite3',
  driver: Libsql,
  database: ':memory:',
  entities: errorEntities('better-sqlite3'),
  migrations: errorMigrations,
  migrationsRun: true,
} as const;

/** A host's own database for its application. */
export function memoryDatabase(): DynamicModule {
  return TypeOrmModule.forRoot(OPTIONS);
}

/** The same without Nest. */
export function memoryDataSource(): Promise<DataSource> {
  return new DataSource(OPTIONS).initialize();
}
