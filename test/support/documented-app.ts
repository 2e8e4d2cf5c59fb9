import 'reflect-metadata';
import { Body, Controller, Get, type INestApplication, Module, Param, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiProperty,
  ApiResponse,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import {
  BadRequest,
  Conflict,
  ErrorModule,
  MethodNotAllowed,
  NotFound,
  ServiceUnavailable,
  TooManyRequests,
} from '../../src/index.js';
import { ApiErrorResponse, ApiErrorResponses } from '../../src/openapi.js';
import type { AdapterKind } from './app-matrix.js';

/** Is made of something else than a detail. */
export class NoSuchJob extends NotFound {
  static override readonly defaults = { code: 404, message: 'No such job', detail: 'The job is not here any more.' };

  constructor(job: { readonly id: number }) {
    super(`Job ${job.id.toFixed()} is not here any more.`, { errorType: 'no-such-job' });
  }
}

class Job {
  @ApiProperty({ type: String })
  name!: string;
}

/** Documents what it answers. */
@Controller('jobs')
@ApiErrorResponse(ServiceUnavailable, { headers: { 'Retry-After': '5', 'X-Queue': ['a', 'b'] } })
export class JobsController {
  @Get()
  @ApiResponse({ status: 200, description: 'All of them.' })
  list(): Job[] {
    return [];
  }

  @Get(':id')
  @ApiErrorResponse(NotFound, { description: 'There is no such page.' })
  @ApiErrorResponse(NoSuchJob, { example: () => new NoSuchJob({ id: 7 }) })
  @ApiErrorResponse(NotFound, { detail: 'The log is gone.', errorType: 'https://errors.example/log' })
  details(@Param('id') id: string): never {
    if (id === '7') throw new NoSuchJob({ id: 7 });
    throw id === 'log' ? new NotFound('The log is gone.', { errorType: 'https://errors.example/log' }) : new NotFound();
  }

  @Post()
  @ApiBearerAuth()
  @ApiErrorResponses(Conflict, TooManyRequests, MethodNotAllowed)
  @ApiErrorResponse(BadRequest, { detail: { any: ['structure'] }, errors: [{ pointer: '#/name', detail: 'Missing.' }] })
  @ApiResponse({ status: 403, description: 'The host’s own.' })
  create(@Body() _job: Job): never {
    throw new BadRequest({ any: ['structure'] }, { errors: [{ pointer: '#/name', detail: 'Missing.' }] });
  }
}

/** An application with these controllers, whose errors are answered by the module. */
export async function appWith(adapter: AdapterKind, controllers: Type[] = [JobsController]): Promise<INestApplication> {
  @Module({ imports: [ErrorModule.forRoot()], controllers })
  class DocumentedModule {}
  const httpAdapter = adapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  return NestFactory.create(DocumentedModule, httpAdapter, { logger: false });
}

/** The document of an application, before anything is added to it. */
export async function documentOf(
  adapter: AdapterKind,
  { controllers, version = '3.0.0' }: { controllers?: Type[]; version?: string } = {},
): Promise<OpenAPIObject> {
  const app = await appWith(adapter, controllers);
  try {
    const settings = new DocumentBuilder().setTitle('Jobs').setVersion('1').addBearerAuth();
    return SwaggerModule.createDocument(app, settings.setOpenAPIVersion(version).build());
  } finally {
    await app.close();
  }
}
