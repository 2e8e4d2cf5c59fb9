// An application without a server that keeps its log in a database, and counts what it has kept.
// Run it: npm run compile && node dist/examples/log-kept.js
import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { ErrorModule } from 'nestjs-errata';
import { DatabaseLogger, DatabaseLogHandler, logEntities, logMigrations } from 'nestjs-errata/logging';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: Libsql,
      database: ':memory:',
      entities: logEntities('better-sqlite3'),
      migrations: logMigrations,
      migrationsRun: true,
    }),
    ErrorModule.forRoot({ logging: { levels: ['warn', 'error', 'fatal'] } }),
  ],
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
app.useLogger(app.get(DatabaseLogger));
const handler = app.get(DatabaseLogHandler);

const logger = new Logger('Orders');
logger.warn('Few are left.');
logger.error('An order could not be sent.', new Error('The carrier does not answer.').stack);
handler.emit({ level: 'warn', message: 'Said without Nest.', context: { order: 7 }, requestId: 'request-7' });

await handler.flush();
const { accepted, stored } = handler.stats();
console.log(`${stored} of ${accepted} records are stored.`);
await app.close();
