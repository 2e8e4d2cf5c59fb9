import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  createParamDecorator,
  Get,
  Injectable,
  Module,
  type NestInterceptor,
  Param,
  ParseIntPipe,
  type PipeTransform,
  Scope,
  StreamableFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { throwError } from 'rxjs';
import { Locked } from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

const locked = (): Locked => new Locked('It is held.');
const fail = (): never => {
  throw locked();
};

const guard: CanActivate = { canActivate: fail };
const refusal: CanActivate = { canActivate: () => false };
const interceptor: NestInterceptor = { intercept: () => throwError(locked) };
const pipe: PipeTransform = { transform: fail };
const Refusing = createParamDecorator(fail);

@Injectable({ scope: Scope.REQUEST })
class RequestScoped {
  constructor() {
    fail();
  }
}

@Controller()
class ScopedController {
  constructor(readonly scoped: RequestScoped) {}

  @Get('scoped')
  scopedRoute(): string {
    return 'never';
  }
}

@Controller()
class PlacesController {
  @Get('guard')
  @UseGuards(guard)
  guarded(): void {}

  @Get('refused')
  @UseGuards(refusal)
  refused(): void {}

  @Get('interceptor')
  @UseInterceptors(interceptor)
  intercepted(): void {}

  @Get('pipe/:id')
  piped(@Param('id', pipe) _id: string): void {}

  @Get('number/:id')
  numbered(@Param('id', ParseIntPipe) _id: number): void {}

  @Get('decorator')
  decorated(@Refusing() _value: unknown): void {}

  @Get('promise')
  async rejected(): Promise<never> {
    await Promise.resolve();
    return fail();
  }

  @Get('observable')
  observed(): unknown {
    return throwError(locked);
  }

  @Get('file')
  file(): StreamableFile {
    return new StreamableFile(new Readable({ read: failingRead(0) }), { type: 'text/csv', disposition: 'attachment' });
  }

  @Get('half-a-file')
  halfAFile(): StreamableFile {
    return new StreamableFile(new Readable({ read: failingRead(1) }), { type: 'text/csv' });
  }

  @Get('own-file')
  ownFile(): StreamableFile {
    const file = new StreamableFile(new Readable({ read: failingRead(0) }));
    return file.setErrorHandler((_error, response) => {
      response.statusCode = 410;
      response.send('gone');
    });
  }
}

@Module({ controllers: [ScopedController], providers: [RequestScoped] })
class ScopedModule {}

/** Gives so many chunks, each when the one before has been taken, and then fails. */
function failingRead(chunks: number): (this: Readable) => void {
  let given = 0;
  return function () {
    if (given++ < chunks) this.push('a,b\n');
    else setImmediate(() => this.destroy(locked()));
  };
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, {
      imports: [ScopedModule],
      controllers: [PlacesController],
      logger: log,
      middleware: (consumer) => {
        consumer.apply(fail).forRoutes('middleware');
        consumer
          .apply((_request: unknown, _response: unknown, next: (error?: unknown) => void) => next(locked()))
          .forRoutes('next');
        consumer.apply(() => Promise.reject(locked())).forRoutes('async-middleware');
      },
    });
  });
  afterAll(() => host.close());

  test.each([
    '/middleware',
    '/next',
    '/async-middleware',
    '/guard',
    '/interceptor',
    '/pipe/1',
    '/decorator',
    '/promise',
    '/observable',
    '/scoped',
    '/file',
  ])('what %s throws reaches the handler', async (path) => {
    log.take();
    const answer = await host.ask(path);
    expect(answer).toMatchObject({ status: 423, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.body)).toMatchObject({ detail: 'It is held.' });
    expect(answer.headers).not.toHaveProperty('content-disposition');
    expect(log.take()).toHaveLength(1);
  });

  test('a guard that only says no is a 403, a pipe of Nest’s that refuses a 400', async () => {
    expect(JSON.parse((await host.ask('/refused')).body)).toMatchObject({ status: 403, message: 'Access forbidden' });
    expect(JSON.parse((await host.ask('/number/x')).body)).toMatchObject({
      status: 400,
      detail: 'Validation failed (numeric string is expected)',
    });
  });

  test('a file that fails after its first byte breaks the connection off', async () => {
    log.take();
    const answer = await host.ask('/half-a-file');
    expect(answer).toMatchObject({ status: 200, isWhole: false, body: 'a,b\n' });
    expect(log.take()).toHaveLength(1);
  });

  test('a file with a handler of its own keeps it, where the adapter asks for one', async () => {
    const expected = adapter === 'express' ? { status: 410, body: 'gone' } : { status: 423 };
    expect(await host.ask('/own-file')).toMatchObject(expected);
  });
});
