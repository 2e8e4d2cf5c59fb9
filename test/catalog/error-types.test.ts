import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CanActivate, Controller, Get, type INestApplication, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { ErrorsService } from '../../src/catalog.js';
import { Conflict, ErrorModule, errataFastifyOptions } from '../../src/index.js';
import { memoryDatabase } from '../support/memory-database.js';
import { bodyOf, type WireError } from '../support/wire.js';

@Injectable()
class Nobody implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Controller('fails')
class FailingController {
  @Get(':errorType')
  fail(@Param('errorType') errorType: string): never {
    throw new Conflict('It is gone.', { errorType });
  }
}

@Module({
  imports: [
    memoryDatabase(),
    ErrorModule.forRoot({ catalog: { builtins: 'all', controllers: true, path: 'kept', adminGuards: [Nobody] } }),
  ],
  controllers: [FailingController],
})
class HostModule {}

interface WireProblem {
  readonly type: string;
  readonly title: string;
  readonly error_type?: string;
}

describe.each(['express', 'fastify'])('The type of a problem on %s', (kind) => {
  let app: INestApplication;
  let origin: string;

  beforeAll(async () => {
    const adapter = kind === 'express' ? new ExpressAdapter() : new FastifyAdapter(errataFastifyOptions());
    app = await NestFactory.create(HostModule, adapter, { logger: false });
    app.setGlobalPrefix('api');
    await app.listen(0, '127.0.0.1');
    origin = await app.getUrl();
    await app
      .get(ErrorsService)
      .saveJobErrorModels('land sat/parse', [
        { name: 'bad-input', title: '<b>Bad</b>', description: 'No georeference & no date.', category: 'DATA' },
      ]);
  });
  afterAll(() => app.close());

  const typeOf = async (errorType: string): Promise<WireProblem> =>
    bodyOf<WireProblem>(fetch(`${origin}/api/fails/${encodeURIComponent(errorType)}`));

  test('is the address at which the catalogue explains the error', async () => {
    const { type, title, error_type } = await typeOf('deleted-file');
    expect(type).toBe(`${origin}/api/kept/errors/types/deleted-file`);
    expect([title, error_type]).toEqual(['A conflict occurred', 'deleted-file']);
    const explained = await bodyOf<WireError>(fetch(type, { headers: { Accept: 'application/json' } }));
    expect(explained).toMatchObject({ name: 'deleted-file', title: 'Deleted File', should_be_retried: false });
  });

  test('is about:blank for a name that the catalogue does not have', async () => {
    expect(await typeOf('no-such-name')).toMatchObject({ type: 'about:blank', error_type: 'no-such-name' });
  });

  test('explains an error of a job type that is known in memory', async () => {
    await app.get(ErrorsService).getJobError('land sat/parse', 'bad-input');
    const { type } = await typeOf('land sat/parse/bad-input');
    expect(type).toBe(`${origin}/api/kept/errors/types/land%20sat%2Fparse/bad-input`);
    expect(await bodyOf<WireError>(fetch(type))).toMatchObject({ name: 'bad-input', job_type_name: 'land sat/parse' });
  });

  test('leads people to a page on which every value is text', async () => {
    const response = await fetch(`${origin}/api/kept/errors/types/land%20sat%2Fparse/bad-input`, {
      headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('vary')).toContain('Accept');
    const mended: string[] = [];
    const texts: Record<string, string[]> = {};
    const visit = (node: DefaultTreeAdapterMap['node']): string => {
      if ('value' in node) return node.value;
      const text = 'childNodes' in node ? node.childNodes.map(visit).join('') : '';
      if ('tagName' in node) (texts[node.tagName] ??= []).push(text);
      return text;
    };
    visit(parse(await response.text(), { onParseError: ({ code }) => mended.push(code) }));
    expect(mended).toEqual([]);
    expect(texts['h1']).toEqual(['<b>Bad</b>']);
    expect(texts['p']).toContain('No georeference & no date.');
    expect(texts['dd']?.join(' ')).toMatch(/data.*nothing is changed.*land sat\/parse/i);
    expect(texts['b']).toBeUndefined();
  });

  test.each(['nobody', 'land%20sat%2Fparse/nobody', '%00', 'a/b/c'])('%s explains nothing: 404', async (path) => {
    expect((await fetch(`${origin}/api/kept/errors/types/${path}`)).status).toBe(404);
  });
});

describe('A host that tells where errors are explained', () => {
  test('sees that address in its problems', async () => {
    @Module({
      imports: [memoryDatabase(), ErrorModule.forRoot({ catalog: true, problemTypeBase: 'https://errors.example/' })],
      controllers: [FailingController],
    })
    class OtherHostModule {}

    const app = await NestFactory.create(OtherHostModule, new FastifyAdapter(), { logger: false });
    try {
      await app.listen(0, '127.0.0.1');
      const problem = await bodyOf<WireProblem>(fetch(`${await app.getUrl()}/fails/database`));
      expect(problem.type).toBe('https://errors.example/errors/types/database');
    } finally {
      await app.close();
    }
  });
});
