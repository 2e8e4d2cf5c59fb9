import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { errorEntities, errorMigrations } from '../../src/catalog.js';

/** A host's own database, in memory, with the catalogue's tables. */
export function memoryDatabase(): DynamicModule {
  return TypeOrmModule.forRoot({
    type: 'better-sqlite3',
    driver: Libsql,
    database: ':memory:',
    entities: errorEntities('better-sqlite3'),
    migrations: errorMigrations,
    migrationsRun: true,
  });
}
