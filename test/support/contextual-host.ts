import 'reflect-metadata';
import { type CanActivate, Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import { ErrorModule, type ErrorModuleOptions, UseErrorHandler } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { FailingGuard, FailingPipe } from './contextual/failing-gates.js';
import { FailingJobsController } from './contextual/failing-jobs.js';
import { HostileLocalsController } from './contextual/hostile-locals.js';
import { SecretKeepingController } from './contextual/secret-keeping.js';
import { adapterOf } from './host.js';

/** Tells of the process. */
@Controller('process')
class ProcessController {
  @Get('heap')
  heap(): number {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  }

  @Get('modules')
  modules(): unknown {
    return (process as unknown as { moduleLoadList: unknown }).moduleLoadList;
  }
}

@Controller('own')
class OwnHandlerController {
  @Get('contextual')
  @UseErrorHandler('contextual')
  contextual(): never {
    throw new Error('Contextual.');
  }

  @Get('other')
  other(): never {
    throw new Error('Other.');
  }
}

const [adapter = 'express', options = '{}', ...own] = process.argv.slice(2);

@Module({
  imports: [ErrorModule.forRoot(JSON.parse(options) as ErrorModuleOptions)],
  controllers: [
    FailingJobsController,
    HostileLocalsController,
    SecretKeepingController,
    ProcessController,
    ...(own.includes('own') ? [OwnHandlerController] : []),
  ],
  providers: [
    { provide: APP_GUARD, useClass: FailingGuard satisfies new () => CanActivate },
    { provide: APP_PIPE, useClass: FailingPipe },
  ],
})
class HostModule {}

/** A host in a process of its own, for what the handlers do to a process: its adapter and options are its arguments. */
const app = await NestFactory.create(HostModule, adapterOf(adapter as AdapterKind), { logger: ['warn', 'fatal'] });
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
console.log(`listens on ${await app.getUrl()}`);
