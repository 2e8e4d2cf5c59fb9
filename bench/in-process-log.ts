import { type CanActivate, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { errataFastifyOptions } from '../src/index.js';
import { logEntities, logMigrations } from '../src/logging.js';
import { LogPartitionRepository } from '../src/logging/upkeep/log-partition.repository.js';
import { LogReadingModule } from '../src/logging/log-reading.module.js';
import type { Stage } from './stage.js';

const DAY = 86_400_000;

class EverybodyGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

/** A log that is served by this very process, on a database of its own. */
export interface InProcessLog {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly dataSource: DataSource;
  readonly partitions: LogPartitionRepository;
}

/** Starts it, with partitions for so many days before today. */
export async function startLog(stage: Stage, days: number): Promise<InProcessLog> {
  const databaseUrl = await stage.database();
  @Module({
    imports: [
      TypeOrmModule.forRoot({
        type: 'postgres',
        url: databaseUrl,
        entities: logEntities('postgres'),
        migrations: logMigrations,
        migrationsRun: true,
      }),
      LogReadingModule.forRoot({ controllers: true, adminGuards: [EverybodyGuard] }),
    ],
  })
  class LogApplication {}

  const app = await NestFactory.create(LogApplication, new FastifyAdapter(errataFastifyOptions()), { logger: false });
  stage.defer(() => app.close());
  await app.listen(0, '127.0.0.1');
  const partitions = app.get(LogPartitionRepository, { strict: false });
  for (let day = 0; day <= days; day++) {
    let made = await partitions.make(startOfDay(-day));
    while (made === 'busy') made = await partitions.make(startOfDay(-day));
  }
  return { origin: await app.getUrl(), databaseUrl, dataSource: app.get(DataSource), partitions };
}

/** Where a day begins, so many days from today on. */
export function startOfDay(ahead: number): Date {
  return new Date((Math.floor(Date.now() / DAY) + ahead) * DAY);
}
