import 'reflect-metadata';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { readConfig } from '../../src/app/config.js';
import { createDataSource } from '../../src/app/database.js';
import { openDatabase } from '../../src/app/open-database.js';
import { ALL_BUILTIN_ERRORS, ErrorRepository, ErrorsService } from '../../src/catalog.js';
import { createDatabase, type DatabaseKind } from './databases.js';

/** The catalogue on a migrated and seeded database of its own, without an application around it. */
export interface Catalogue {
  readonly dataSource: DataSource;
  readonly errors: ErrorsService;
  /** Another service on the same database, as another instance has it. */
  another(): ErrorsService;
  close(): Promise<void>;
}

/** Opens the catalogue on a database of this kind. */
export async function openCatalogue(kind: DatabaseKind): Promise<Catalogue> {
  const database = await createDatabase(kind);
  const dataSource = createDataSource(readConfig(database.environment));
  await openDatabase(dataSource, { name: kind, wait: 0, logger: pino({ level: 'silent' }) });
  const another = (): ErrorsService => new ErrorsService(new ErrorRepository(dataSource));
  const errors = another();
  await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
  return {
    dataSource,
    errors,
    another,
    async close() {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
