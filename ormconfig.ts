import { readConfig } from './src/app/config.js';
import { createDataSource } from './src/app/database.js';

/** The database of the service, which the TypeORM command line works on too. */
export default createDataSource(readConfig());
