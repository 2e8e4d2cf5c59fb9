import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { Conflict, Gone, NotFound } from '../../src/index.js';
import { type Host, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

const isBreaking = false;

@Controller()
class FirstController {
  @Get('answered/:id')
  first(): never {
    throw new NotFound('Not in the first.', { isBreaking });
  }

  @Get('returned/:id')
  returned(): unknown {
    return new NotFound('Not in the first.', { isBreaking });
  }

  @Get('unanswered/:id')
  unanswered(): never {
    throw new Conflict('Only the first.', { isBreaking, headers: { 'X-Own': 'a' } });
  }

  @Get('several')
  one(): never {
    throw new Conflict('The first.', { isBreaking });
  }

  @Get('broken')
  passing(): never {
    throw new Conflict('The first.', { isBreaking });
  }

  @Post('elsewhere')
  elsewhere(): never {
    throw new Conflict('Refused.', { isBreaking });
  }
}

@Controller()
class SecondController {
  @Get('answered/:id')
  second(@Param('id') id: string): string {
    return `the second has ${id}`;
  }

  @Get('returned/:id')
  returned(@Param('id') id: string): string {
    return `the second has ${id}`;
  }

  @Get('several')
  two(): never {
    throw new Gone('The last.', { isBreaking });
  }

  @Get('broken')
  breaking(): never {
    throw new Gone('This breaks.');
  }

  @Get('elsewhere')
  other(): string {
    return 'other';
  }
}

const detailOf = (body: string): unknown => (JSON.parse(body) as { detail: unknown }).detail;

describe('An error that does not break', () => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost('express', { controllers: [FirstController, SecondController], logger: log });
  });
  afterAll(() => host.close());

  test.each(['answered', 'returned'])('lets the next route answer when it is %s', async (path) => {
    expect(await host.ask(`/${path}/7`)).toMatchObject({ status: 200, body: 'the second has 7' });
  });

  test('is the answer when no other route has one', async () => {
    const answer = await host.ask('/unanswered/7');
    expect(answer).toMatchObject({ status: 409, headers: { 'x-own': 'a' } });
    expect(detailOf(answer.body)).toBe('Only the first.');
  });

  test('is the last of several', async () => {
    const answer = await host.ask('/several');
    expect([answer.status, detailOf(answer.body)]).toEqual([410, 'The last.']);
  });

  test('gives way to one that breaks', async () => {
    const answer = await host.ask('/broken');
    expect([answer.status, detailOf(answer.body)]).toEqual([410, 'This breaks.']);
  });

  test('beats a wrong method', async () => {
    const answer = await host.ask('/elsewhere', { method: 'POST' });
    expect([answer.status, detailOf(answer.body), answer.headers.allow]).toEqual([409, 'Refused.', undefined]);
  });

  test('is reported once, and only when it is the answer', async () => {
    log.take();
    await host.ask('/answered/7');
    expect(log.take()).toEqual([]);
    await host.ask('/several');
    expect(log.take()).toHaveLength(1);
  });

  test('is the answer within a prefix, too', async () => {
    const prefixed = await startHost('express', {
      controllers: [FirstController, SecondController],
      prepare: (app) => app.setGlobalPrefix('api'),
    });
    expect(await prefixed.ask('/api/answered/7')).toMatchObject({ status: 200, body: 'the second has 7' });
    expect((await prefixed.ask('/api/unanswered/7')).status).toBe(409);
    await prefixed.close();
  });
});

test('On Fastify it breaks, since there is no next route', async () => {
  const host = await startHost('fastify', { controllers: [FirstController] });
  const answer = await host.ask('/answered/7');
  expect([answer.status, detailOf(answer.body)]).toEqual([404, 'Not in the first.']);
  expect((await host.ask('/returned/7')).status).toBe(404);
  await host.close();
});
