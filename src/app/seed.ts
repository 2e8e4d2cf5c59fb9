import 'reflect-metadata';
import { ALL_BUILTIN_ERRORS, ErrorRepository, ErrorsService } from '../catalog.js';
import { readConfig } from './config.js';
import { describeDatabase } from './database.js';
import { openDatabase } from './open-database.js';
import { createLogger } from './service-logger.js';

try {
  const config = readConfig();
  const name = describeDatabase(config);
  const { default: dataSource } = await import('../../ormconfig.js');
  await openDatabase(dataSource, { name, wait: config.databaseWait, logger: createLogger(config.logLevel) });
  const errors = new ErrorsService(new ErrorRepository(dataSource));
  const before = await errors.getErrors({ isBuiltin: true });
  await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
  const added = (await errors.getErrors({ isBuiltin: true })).length - before.length;
  console.log(`${added} of ${ALL_BUILTIN_ERRORS.length} built-in errors were missing and have been added to ${name}.`);
  await dataSource.destroy();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
