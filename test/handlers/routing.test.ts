import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { All, Controller, Delete, Get, Param, Post, Put, Version, VersioningType } from '@nestjs/common';
import { adapters, type Host, startHost } from '../support/host.js';
import { readError } from '../support/read-error.js';

@Controller('jobs')
class JobsController {
  @Get()
  list(): string {
    return 'jobs';
  }

  @Post()
  add(): string {
    return 'added';
  }

  @Get(':id')
  one(@Param('id') id: string): string {
    return `job ${id}`;
  }
}

@Controller('jobs')
class JobEditsController {
  @Put(':id')
  change(): string {
    return 'changed';
  }

  @Delete(':id')
  remove(): string {
    return 'removed';
  }
}

@Controller('anything')
class AnythingController {
  @All()
  all(): string {
    return 'anything';
  }
}

const controllers = [JobsController, JobEditsController, AnythingController];

const LIST = 'GET, HEAD, POST, OPTIONS';
const ONE = 'GET, HEAD, PUT, DELETE, OPTIONS';

async function expectRoutes(host: Host, prefix: string): Promise<void> {
  for (const [path, method, allow] of [
    ['/jobs', 'DELETE', LIST],
    ['/jobs/', 'DELETE', LIST],
    ['/jobs?a=b', 'PATCH', LIST],
    ['/jobs/7', 'POST', ONE],
    ['/jobs/7/', 'PATCH', ONE],
    ['/jobs/a%20b', 'POST', ONE],
  ] as const) {
    const answer = await host.ask(`${prefix}${path}`, { method, headers: { Accept: 'application/json' } });
    expect([path, answer.status, answer.headers.allow]).toEqual([path, 405, allow]);
    expect(readError('application/json', answer.body).detail).toContain(allow);
    const options = await host.ask(`${prefix}${path}`, { method: 'OPTIONS' });
    expect([path, options.status, options.headers.allow, options.body]).toEqual([path, 204, allow, '']);
  }
  for (const [method, path] of [
    ['GET', '/job'],
    ['POST', '/job'],
    ['OPTIONS', '/job'],
    ['GET', '/jobs/7/more'],
    ['DELETE', '/jobs/7/more?a'],
    ['GET', '/'],
  ] as const) {
    const answer = await host.ask(`${prefix}${path}`, { method });
    expect([path, answer.status, answer.headers.allow]).toEqual([path, 404, undefined]);
    expect(readError('application/problem+json', answer.body)).toMatchObject({ code: 404, message: 'Not found' });
  }
  expect(await host.ask(`${prefix}/jobs`)).toMatchObject({ status: 200, body: 'jobs' });
  expect(await host.ask(`${prefix}/jobs/7`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE'])
    expect((await host.ask(`${prefix}/anything`, { method })).status).toBe(200);
}

describe.each(adapters)('On %s', (adapter) => {
  describe('without a prefix', () => {
    let host: Host;
    beforeAll(async () => {
      host = await startHost(adapter, { controllers });
    });
    afterAll(() => host.close());

    test('what exists is told from what does not', () => expectRoutes(host, ''));

    test('HEAD to where there is nothing is a 404 without a body', async () => {
      const answer = await host.ask('/nowhere', { method: 'HEAD' });
      expect(answer).toMatchObject({ status: 404, body: '', isWhole: true });
    });
  });

  test('with a prefix, what exists inside of it is told from what does not, and nothing is outside', async () => {
    const host = await startHost(adapter, { controllers, prepare: (app) => app.setGlobalPrefix('api') });
    await expectRoutes(host, '/api');
    for (const path of ['/', '/jobs', '/jobs/7', '/apis', '/ap'])
      for (const method of ['GET', 'POST', 'PATCH', 'OPTIONS']) {
        const { status, headers, body } = await host.ask(path, { method });
        expect([path, method, status, headers.allow]).toEqual([path, method, 404, undefined]);
        expect(readError(headers['content-type'], body).code).toBe(404);
      }
    await host.close();
  });

  test('a version in the path belongs to it', async () => {
    @Controller({ path: 'jobs', version: '1' })
    class Versioned {
      @Get()
      one(): string {
        return 'one';
      }

      @Post()
      @Version('2')
      two(): string {
        return 'two';
      }
    }
    const host = await startHost(adapter, {
      controllers: [Versioned],
      prepare: (app) => app.enableVersioning({ type: VersioningType.URI }),
    });
    expect(await host.ask('/v1/jobs')).toMatchObject({ status: 200, body: 'one' });
    expect(await host.ask('/v1/jobs', { method: 'POST' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
    expect(await host.ask('/v2/jobs')).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' } });
    expect(await host.ask('/v3/jobs')).toMatchObject({ status: 404 });
    expect(await host.ask('/jobs')).toMatchObject({ status: 404 });
    await host.close();
  });

  test('where CORS is on it answers OPTIONS first, and errors keep its headers', async () => {
    const host = await startHost(adapter, {
      controllers,
      prepare: (app) => app.enableCors({ origin: ['https://a.example'], credentials: true }),
    });
    const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' };
    const preflight = await host.ask('/jobs', { method: 'OPTIONS', headers });
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': 'https://a.example' } });
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/jobs', 405],
    ] as const) {
      const answer = await host.ask(path, { method: 'DELETE', headers });
      expect(answer).toMatchObject({
        status,
        headers: {
          'access-control-allow-origin': 'https://a.example',
          'access-control-allow-credentials': 'true',
          vary: 'Origin, Accept',
        },
      });
    }
    await host.close();
  });

  test('an OPTIONS route of the host’s own answers', async () => {
    @Controller('own')
    class Own {
      @All()
      all(): string {
        return 'own';
      }
    }
    const host = await startHost(adapter, { controllers: [Own] });
    expect(await host.ask('/own', { method: 'OPTIONS' })).toMatchObject({ status: 200, body: 'own' });
    await host.close();
  });
});
