import { describe, expect, test } from '@jest/globals';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  UseFilters,
} from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { ClientError, Conflict, Gone } from '../../src/index.js';
import { adapterOf, adapters, type Host, listen, moduleOf, startHost } from '../support/host.js';

class Unhappy extends Error {}

/** Replies with its own name, on either adapter. */
abstract class NamingFilter implements ExceptionFilter {
  abstract readonly adapter: HttpAdapterHost | undefined;
  catch(_thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<{ status(code: number): { send(body: string): void } }>();
    response.status(418).send(this.constructor.name);
  }
}

@Catch(Unhappy)
@Injectable()
class UnhappyFilter extends NamingFilter {
  constructor(readonly adapter: HttpAdapterHost) {
    super();
  }
}

@Catch(ClientError)
class ClientErrorFilter extends NamingFilter {
  readonly adapter = undefined;
}

@Catch(HttpException)
class NestFilter extends NamingFilter {
  readonly adapter = undefined;
}

@Catch(Gone)
class GoneFilter extends NamingFilter {
  readonly adapter = undefined;
}

@Catch()
class FailingFilter implements ExceptionFilter {
  catch(): never {
    throw new Error('s3cret: the filter');
  }
}

@Controller()
class UnhappyController {
  @Get('unhappy')
  unhappy(): never {
    throw new Unhappy('s3cret');
  }

  @Get('conflict')
  conflict(): never {
    throw new Conflict();
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Get('gone')
  @UseFilters(GoneFilter)
  gone(): never {
    throw new Gone();
  }

  @Get('gone-uncaught')
  @UseFilters(GoneFilter)
  goneUncaught(): never {
    throw new Error('s3cret');
  }
}

const parts = { controllers: [UnhappyController], providers: [{ provide: APP_FILTER, useClass: UnhappyFilter }] };
const useFilters = (app: Host['app']): unknown => app.useGlobalFilters(new ClientErrorFilter());

async function expectPrecedence(host: Host): Promise<void> {
  expect(await host.ask('/unhappy')).toMatchObject({ status: 418, body: 'UnhappyFilter' });
  expect(await host.ask('/conflict')).toMatchObject({ status: 418, body: 'ClientErrorFilter' });
  expect(await host.ask('/gone')).toMatchObject({ status: 418, body: 'GoneFilter' });
  const ours = { headers: { 'content-type': 'application/problem+json' } };
  expect(await host.ask('/gone-uncaught')).toMatchObject({ status: 500, ...ours });
  expect(await host.ask('/forbidden')).toMatchObject({ status: 403, ...ours });
  expect(await host.ask('/nowhere')).toMatchObject({ status: 404, ...ours });
}

describe.each(adapters)('On %s', (adapter) => {
  test('a host’s own filters win for their types, and for no others', async () => {
    const host = await startHost(adapter, { ...parts, prepare: useFilters });
    await expectPrecedence(host);
    await host.close();
  });

  test('they do with @nestjs/testing, too', async () => {
    const module = await Test.createTestingModule({ imports: [moduleOf(parts)] }).compile();
    const app = module.createNestApplication(adapterOf(adapter), { logger: false });
    const host = await listen(app, { prepare: useFilters });
    await expectPrecedence(host);
    await host.close();
  });

  test('what they throw themselves is answered like any other error', async () => {
    const parts = { controllers: [UnhappyController], providers: [{ provide: APP_FILTER, useClass: FailingFilter }] };
    const host = await startHost(adapter, parts);
    for (const path of ['/unhappy', '/conflict', '/nowhere']) {
      const answer = await host.ask(path, { headers: { Accept: 'application/json' } });
      expect(answer).toMatchObject({ status: 500, headers: { 'content-type': 'application/json; charset=utf-8' } });
      expect(JSON.parse(answer.body)).toMatchObject({ code: 500, error_type: null });
      expect(answer.body).not.toContain('s3cret');
    }
    await host.close();
  });

  test('the module is put first or last, and is asked last', async () => {
    const host = await startHost(adapter, {
      ...parts,
      prepare: (app) => app.useGlobalFilters(new NestFilter()),
    });
    expect(await host.ask('/conflict')).toMatchObject({ status: 418, body: 'NestFilter' });
    expect(await host.ask('/forbidden')).toMatchObject({ status: 418, body: 'NestFilter' });
    expect(await host.ask('/unhappy')).toMatchObject({ status: 418, body: 'UnhappyFilter' });
    await host.close();
  });
});
