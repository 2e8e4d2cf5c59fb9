import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, type VersioningOptions, VersioningType } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Conflict, ErrorModule } from '../../src/index.js';
import { LogReadingModule } from '../../src/logging/log-reading.module.js';
import { TOKEN } from '../support/app-matrix.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { createLogDatabase } from '../support/log-databases.js';
import { HeaderGuard } from '../support/log-host.js';

@Controller('fails')
class FailingController {
  @Get()
  fail(): never {
    throw new Conflict('It is gone.', { errorType: 'database' });
  }
}

const VERSIONINGS: readonly VersioningOptions[] = [
  { type: VersioningType.URI, defaultVersion: '7' },
  { type: VersioningType.HEADER, header: 'X-Version', defaultVersion: '7' },
];
const cases = adapters.flatMap((adapter) => VERSIONINGS.map((versioning) => [adapter, versioning] as const));

const headers = { Authorization: `Bearer ${TOKEN}`, Accept: 'application/json', 'Content-Type': 'application/json' };

describe.each(cases)('A host on %s that versions its routes by %j', (adapter, versioning) => {
  const whileRunning = async (work: (host: Host) => Promise<void>): Promise<void> => {
    const database = await createLogDatabase('sqlite');
    const host = await startHost(adapter, {
      imports: [TypeOrmModule.forRoot(database.options), LogReadingModule.forRoot({ controllers: true })],
      errorModule: ErrorModule.forRoot({ catalog: { controllers: true, adminGuards: [HeaderGuard] } }),
      controllers: [FailingController],
      prepare: (app) => app.enableVersioning(versioning),
    });
    try {
      await work(host);
    } finally {
      await host.close();
      await database.drop();
    }
  };

  test('has the catalogue and the log where they are without versions', () =>
    whileRunning(async (host) => {
      const statusOf = async (path: string, question = {}): Promise<unknown> => [
        path,
        (await host.ask(path, { headers, ...question })).status,
      ];
      const { results } = JSON.parse((await host.ask('/v6/errors/', { headers })).body) as {
        results: readonly { readonly id: number }[];
      };
      const id = results[0]?.id ?? 0;
      for (const path of [
        ...['/errors/types/database', '/v6/errors/', '/v7/errors/', `/v6/errors/${id}/`, '/v6/job-types/job/errors/'],
        ...[`/v6/errors/${id}/retry-policy/`, '/v6/logs/', `/v7/errors/${id}/occurrences/`],
      ]) {
        expect(await statusOf(path)).toEqual([path, 200]);
      }
      const judged = { method: 'POST', body: JSON.stringify({ exit_code: 1 }) };
      expect(await statusOf('/v6/errors/resolve', judged)).toEqual(['/v6/errors/resolve', 200]);
    }));

  test('answers with problems whose type leads to an explanation', () =>
    whileRunning(async (host) => {
      const path = versioning.type === VersioningType.URI ? '/v7/fails' : '/fails';
      const version = { 'X-Version': '7' };
      const problem = await host.ask(path, { headers: version });
      expect(problem.status).toBe(409);
      const { type } = JSON.parse(problem.body) as { type: string };
      expect(type).toBe(`${host.origin}/errors/types/database`);
      expect((await host.ask(type.slice(host.origin.length), { headers })).status).toBe(200);
    }));
});
