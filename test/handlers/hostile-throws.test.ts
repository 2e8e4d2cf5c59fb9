import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Param } from '@nestjs/common';
import { adapters, type Host, startHost } from '../support/host.js';
import { hostileThrows } from '../support/hostile-throws.js';
import { assertProblem } from '../support/problem-schema.js';
import { isReadable, readError } from '../support/read-error.js';
import { RecordedLog } from '../support/recorded-log.js';

@Controller()
class HostileController {
  @Get('throw/:index')
  throw(@Param('index') index: string): never {
    throw hostileThrows[Number(index)]?.make();
  }

  @Get('reject/:index')
  async reject(@Param('index') index: string): Promise<never> {
    await Promise.resolve();
    throw hostileThrows[Number(index)]?.make();
  }

  @Get('well')
  well(): string {
    return 'well';
  }
}

test('There are two hundred ways at least', () => {
  expect(new Set(hostileThrows.map(({ name }) => name)).size).toBeGreaterThanOrEqual(200);
});

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [HostileController], logger: log });
  });
  afterAll(() => host.close());

  test.each(hostileThrows.map(({ name, status }, index) => [name, status, index] as const))(
    '%s is answered with %i',
    async (_name, status, index) => {
      for (const way of ['throw', 'reject']) {
        log.take();
        const { body, headers, ...answer } = await host.ask(`/${way}/${index}`);
        expect({ ...answer, body: body.slice(0, 200) }).toMatchObject({ status, isWhole: true });
        expect(headers).not.toHaveProperty('set-cookie');
        expect(headers['x-content-type-options']).toBe('nosniff');
        if (headers['content-type'] === 'application/problem+json') {
          const problem: unknown = JSON.parse(body);
          assertProblem(problem);
          expect(problem).toMatchObject({ status });
        }
        // What says that it is something else entirely was told to say so.
        const type = headers['content-type'];
        expect(readError(isReadable(type) ? type : 'text/plain', body).code).toBe(status);
        expect(log.take().filter(({ level }) => level === 'error')).toHaveLength(status >= 500 ? 1 : 0);
      }
      expect(await host.ask('/well')).toMatchObject({ status: 200, body: 'well' });
    },
  );
});
