import 'reflect-metadata';
import type { Server } from 'node:http';
import { Controller, Get, Module, NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorModule, NotFound } from '../../src/index.js';
import { settingsFromParent, tellParent } from './serve.js';

export type AdapterKind = 'express' | 'fastify';

export interface NestHostSettings {
  readonly adapter: AdapterKind;
  /** Whether the module answers the errors, or Nest's own filter. */
  readonly hasModule: boolean;
}

@Controller('jobs')
class JobsController {
  @Get('found')
  found(): object {
    return { id: 1, name: 'nightly' };
  }

  @Get('our-not-found')
  ourNotFound(): never {
    throw new NotFound('No such job.');
  }

  @Get('nests-not-found')
  nestsNotFound(): never {
    throw new NotFoundException('No such job.');
  }

  @Get('uncaught')
  uncaught(): never {
    throw new Error('x');
  }
}

const { adapter, hasModule } = await settingsFromParent<NestHostSettings>();

@Module({ imports: hasModule ? [ErrorModule.forRoot()] : [], controllers: [JobsController] })
class HostModule {}

/** The least that a Nest application is: routes that fail, and one that does not. */
const app = await NestFactory.create(HostModule, adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
tellParent(app.getHttpServer() as Server);
