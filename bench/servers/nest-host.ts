import 'reflect-metadata';
import type { Server } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  HttpException,
  Module,
  NotFoundException,
  UseFilters,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorModule, InternalServerError, NotFound } from '../../src/index.js';
import { settingsFromParent, tellParent } from './serve.js';

export type AdapterKind = 'express' | 'fastify';

export interface NestHostSettings {
  readonly adapter: AdapterKind;
  /** Whether the module answers the errors, or Nest's own filter. */
  readonly hasModule: boolean;
  /** @default 'default' */
  readonly handler?: 'default' | 'contextual';
}

/** What the module answers, made once. */
const NOT_FOUND = new NotFound('No such job.').toJson();
const SERVER_ERROR = new InternalServerError().toJson();

/** The headers that every error has (RFC 9110, section 12.5.5; the Fetch standard's `nosniff`). */
const HEADERS = Object.entries({
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Type': 'application/json; charset=utf-8',
  Vary: 'Accept',
});

/** A response of either adapter. */
interface AnyResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
  send(body: string): unknown;
}

/** The least that a filter can do to give the module's answers: no other gives them sooner. */
@Catch()
class ConstantFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.getArgByIndex<AnyResponse>(1);
    const isForClients = thrown instanceof HttpException;
    for (const [name, value] of HEADERS) response.header(name, value);
    response.status(isForClients ? 404 : 500);
    response.send(isForClients ? NOT_FOUND : SERVER_ERROR);
  }
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

  @Get('constant-not-found')
  @UseFilters(ConstantFilter)
  constantNotFound(): never {
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

  @Get('constant-uncaught')
  @UseFilters(ConstantFilter)
  constantUncaught(): never {
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
