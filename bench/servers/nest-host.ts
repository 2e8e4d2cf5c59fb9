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
  /** @default 'default' */
  readonly handler?: 'default' | 'contextual';
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

  /** Ten calls of the application's own, this one among them. */
  @Get('deep')
  deep(): never {
    return dive(9, { name: 'nightly', steps: ['load', 'check', 'store'] });
  }
}

function dive(depth: number, job: { readonly name: string; readonly steps: readonly string[] }): never {
  const label = `${job.name} at ${depth}`;
  if (depth === 1) throw new Error(label);
  return dive(depth - 1, { ...job, name: label });
}

const { adapter, hasModule, handler = 'default' } = await settingsFromParent<NestHostSettings>();

@Module({ imports: hasModule ? [ErrorModule.forRoot({ handler })] : [], controllers: [JobsController] })
class HostModule {}

/** The least that a Nest application is: routes that fail, and one that does not. */
const app = await NestFactory.create(HostModule, adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
tellParent(app.getHttpServer() as Server);
