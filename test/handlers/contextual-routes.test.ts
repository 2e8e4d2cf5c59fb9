import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { DOMParser } from '@xmldom/xmldom';
import { type DefaultTreeAdapterMap, parse, type ParserError } from 'parse5';
import type { RoutesReport } from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';

@Controller('jobs')
class JobsController {
  @Get()
  list(): string[] {
    return [];
  }

  @Post()
  add(): string {
    return 'added';
  }

  @Get(':id')
  read(): string {
    return 'read';
  }

  @Put(':id/state')
  write(): string {
    return 'written';
  }
}

@Controller('queues')
class QueuesController {
  @Delete(':name')
  remove(): string {
    return 'removed';
  }
}

const ROUTES = [
  ['GET', '/jobs', 'JobsController', 'list'],
  ['POST', '/jobs', 'JobsController', 'add'],
  ['GET', '/jobs/:id', 'JobsController', 'read'],
  ['PUT', '/jobs/:id/state', 'JobsController', 'write'],
  ['DELETE', '/queues/:name', 'QueuesController', 'remove'],
] as const;

type Tried = RoutesReport & { readonly code: number; readonly message: string };

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  beforeAll(async () => {
    const options = { handler: 'contextual' } as const;
    host = await startHost(adapter, { controllers: [JobsController, QueuesController], options });
  });
  afterAll(() => host.close());

  const ask = async (method: string, path: string): Promise<Tried> => {
    const { body } = await host.ask(path, { method, headers: { accept: 'application/json' } });
    return JSON.parse(body) as Tried;
  };
  // Fastify has a route of its own for HEAD beside each for GET.
  const told = ({ routes }: Tried): Tried['routes'] => routes.filter(({ method }) => method !== 'HEAD');

  test('an unknown address is answered with every route in its order, and who answers it', async () => {
    const answer = await ask('GET', '/nowhere?a=b');
    expect(answer).toMatchObject({ code: 404, message: 'Not found', request: { method: 'GET', path: '/nowhere' } });
    expect(told(answer).map(({ method, path, controller, handler }) => [method, path, controller, handler])).toEqual(
      ROUTES,
    );
    expect(told(answer).every(({ path_matched, slash_matched }) => !path_matched && !slash_matched)).toBe(true);
    expect(told(answer).map(({ method_matched }) => method_matched)).toEqual([true, false, true, false, false]);
  });

  test('a wrong method is answered with the same, and with what is allowed', async () => {
    const { status, headers } = await host.ask('/jobs/7', { method: 'DELETE' });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD, OPTIONS');
    const answer = await ask('DELETE', '/jobs/7');
    expect(answer).toMatchObject({ code: 405, request: { method: 'DELETE', path: '/jobs/7' } });
    expect(told(answer).map(({ method, path }) => [method, path])).toEqual(
      ROUTES.map(([method, path]) => [method, path]),
    );
    expect(told(answer).map(({ path_matched }) => path_matched)).toEqual([false, false, true, false, false]);
    expect(told(answer).map(({ method_matched }) => method_matched)).toEqual([false, false, false, false, true]);
  });

  test.each([
    ['/job', ['/jobs', '/jobs']],
    ['/jobs/7/stat', ['/jobs/:id/state']],
    ['/queue/a', ['/queues/:name']],
    ['/something/else/entirely', []],
  ])('the route that was meant by %s is pointed out', async (path, expected) => {
    const nearest = told(await ask('GET', path)).filter(({ is_nearest }) => is_nearest);
    expect(nearest.map((route) => route.path)).toEqual(expected);
  });

  test('a slash too many is pointed out', async () => {
    const answer = await ask('PUT', '/jobs/7/state//');
    expect(answer.code).toBe(404);
    const matched = told(answer).filter(({ slash_matched }) => slash_matched);
    expect(matched).toMatchObject([{ path: '/jobs/:id/state', path_matched: false, is_nearest: true }]);
  });
});

const isControl = (code: number): boolean => code < 32 && code !== 9 && code !== 10;

const NAMES = ['<b>&"\u0000\ufffe', 'a|b`c', '-->]]>'].map(encodeURIComponent);

describe.each(adapters)('On %s the answers are well-formed', (adapter) => {
  let host: HostProcess;
  beforeAll(async () => void (host = await HostProcess.started(adapter)));
  afterAll(() => host.stop());

  const paths = [
    ...NAMES.flatMap((name) => [`/nowhere/${name}`, `/fail/sync/${name}`]),
    '/fail/aggregate',
    '/fail/wrapped/1',
  ];
  const answerTo = async (path: string, type: string): Promise<string> => {
    const { status, headers, body } = await host.ask(path, { headers: { accept: type } });
    expect(status).toBe(path.startsWith('/nowhere') ? 404 : 500);
    expect(headers['content-type']?.split(';')[0]).toBe(type);
    return body;
  };

  test.each(['application/json', 'application/problem+json'])('as %s', async (type) => {
    for (const path of paths) {
      const members = Object.keys(JSON.parse(await answerTo(path, type)) as object);
      expect(members).toContain(path.startsWith('/nowhere') ? 'routes' : 'exc_tb');
    }
  });

  test.each(['application/xml', 'application/problem+xml'])('as %s', async (type) => {
    for (const path of paths) {
      const complaints: string[] = [];
      const parser = new DOMParser({
        onError: (level, complaint) => {
          if (level !== 'warning') complaints.push(complaint);
        },
      });
      const document = parser.parseFromString(await answerTo(path, type), 'application/xml');
      expect(complaints).toEqual([]);
      const member = path.startsWith('/nowhere') ? 'routes' : 'exc_tb';
      expect(document.getElementsByTagName(member).length).toBeGreaterThan(0);
    }
  });

  test('as text/html', async () => {
    for (const path of paths) {
      const complaints: ParserError[] = [];
      const document: DefaultTreeAdapterMap['document'] = parse(await answerTo(path, 'text/html'), {
        onParseError: (complaint) => void complaints.push(complaint),
      });
      expect(complaints).toEqual([]);
      expect(document.childNodes.map(({ nodeName }) => nodeName)).toEqual(['#documentType', 'html']);
    }
  });

  test.each(['text/plain', 'text/markdown'])('as %s', async (type) => {
    for (const path of paths) {
      const body = await answerTo(path, type);
      expect(body).toMatch(path.startsWith('/nowhere') ? /FailingJobsController/ : /FailingJobsController\.[a-z]/);
      // Fences are closed, and nothing steers a terminal.
      expect((body.match(/^`{3,}/gm) ?? []).length % 2).toBe(0);
      expect(Array.from(body, (character) => character.charCodeAt(0)).filter(isControl)).toEqual([]);
    }
  });
});
