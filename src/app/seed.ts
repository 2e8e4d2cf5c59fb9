import 'reflect-metadata';
import dataSource from '../../ormconfig.js';
import { ALL_BUILTIN_ERRORS, ErrorRepository, ErrorsService } from '../catalog.js';
import { readConfig } from './config.js';
import { describeDatabase } from './database.js';
import { openDatabase } from './open-database.js';
import { createLogger } from './service-logger.js';

const config = readConfig();
const name = describeDatabase(config);
try {
  await openDatabase(dataSource, { name, wait: config.databaseWait, logger: createLogger(config.logLevel) });
  const errors = new ErrorsService(new ErrorRepository(dataSource));
  const before = (await errors.getErrorPage({}, { page: 1, pageSize: 1 })).count;
  await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
  const after = (await errors.getErrorPage({}, { page: 1, pageSize: 1 })).count;
  console.log(
    `${after - before} of ${ALL_BUILTIN_ERRORS.length} built-in errors were missing and have been added to ${name}.`,
  );
  await dataSource.destroy();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
