import { pino } from 'pino';
import { createDataSource } from '../src/app/database.js';
import { openDatabase } from '../src/app/open-database.js';
import { ALL_BUILTIN_ERRORS, ErrorRepository, ErrorsService } from '../src/catalog.js';
import type { Stage } from './stage.js';

/** The catalogue in this process, migrated and seeded, on an empty PostgreSQL database. */
export interface InProcessCatalogue {
  readonly errors: ErrorsService;
  readonly databaseUrl: string;
}

/** Makes a catalogue as the service makes it, without the service around it. */
export async function openCatalogue(stage: Stage): Promise<InProcessCatalogue> {
  const databaseUrl = await stage.database();
  const dataSource = createDataSource({ databaseUrl, dataDir: '', databasePoolSize: 10 });
  await openDatabase(dataSource, { name: 'the database', wait: 0, logger: pino({ level: 'silent' }) });
  stage.defer(() => dataSource.destroy());
  const errors = new ErrorsService(new ErrorRepository(dataSource));
  await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
  return { errors, databaseUrl };
}
