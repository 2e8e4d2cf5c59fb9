// A program without HTTP that knows what to do about failed jobs. Run it: npm run compile && node dist/examples/job-runner.js
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { ErrorModule } from 'nestjs-errata';
import { errorEntities, errorMigrations, ErrorsService } from 'nestjs-errata/catalog';

@Injectable()
class JobRunner {
  constructor(private readonly errors: ErrorsService) {}

  /** What a job type declares when it is installed. */
  async install(jobType: string): Promise<number> {
    const saved = await this.errors.saveJobErrorModels(jobType, [
      { name: 'bad-input', title: 'Bad Input', description: 'The image has no georeference.', category: 'DATA' },
      { name: 'out-of-memory', title: 'Out Of Memory', shouldBeRetried: true },
    ]);
    return saved.length;
  }

  /** Whether a failed job is worth another try, and whose fault it was. */
  async judge(jobType: string, name: string): Promise<string> {
    const { title, category, shouldBeRetried } = await this.errors.getJobError(jobType, name);
    return `${title ?? name} (${category}): ${shouldBeRetried ? 'try again' : 'give up'}`;
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: Libsql,
      database: ':memory:',
      entities: errorEntities('better-sqlite3'),
      migrations: errorMigrations,
      migrationsRun: true,
    }),
    ErrorModule.forRoot({ catalog: true }),
  ],
  providers: [JobRunner],
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
const runner = app.get(JobRunner);
console.log(`${await runner.install('landsat-parse')} errors installed`);
console.log(await runner.judge('landsat-parse', 'bad-input'));
console.log(await runner.judge('landsat-parse', 'out-of-memory'));
console.log(
  `A lost database connection: ${app.get(ErrorsService).getBuiltinError('database-operation').shouldBeRetried ? 'try again' : 'give up'}`,
);
await app.close();
