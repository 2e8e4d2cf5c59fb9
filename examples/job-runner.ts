// A program without HTTP that knows what to do about failed jobs. Run it: npm run compile && node dist/examples/job-runner.js
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { ErrorModule } from 'nestjs-errata';
import { errorEntities, errorMigrations, ErrorsService, JobErrorMapping } from 'nestjs-errata/catalog';

@Injectable()
class JobRunner {
  constructor(private readonly errors: ErrorsService) {}

  /** What a job type declares when it is installed: its errors, and by which exit codes it reports them. */
  async install(jobType: string): Promise<number> {
    const mapping = new JobErrorMapping(this.errors, jobType, {
      exitCodes: {
        11: { name: 'bad-input', title: 'Bad Input', description: 'The image has no georeference.', category: 'DATA' },
        137: { name: 'out-of-memory', title: 'Out Of Memory', shouldBeRetried: true },
      },
    });
    await mapping.saveModels();
    return mapping.errorInterface.models.length;
  }

  /** Whether a failed job is worth another try, and whose fault it was. */
  async judge(jobTypeName: string, exitCode: number): Promise<string> {
    const { error, retry } = await this.errors.resolve({ jobTypeName, exitCode });
    if (error === null) return 'It did not fail';
    return `${error.title ?? error.name} (${error.category}): ${retry ? 'try again' : 'give up'}`;
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
console.log(await runner.judge('landsat-parse', 11));
console.log(await runner.judge('landsat-parse', 137));
console.log(
  `A lost database connection: ${app.get(ErrorsService).getBuiltinError('database-operation').shouldBeRetried ? 'try again' : 'give up'}`,
);
await app.close();
