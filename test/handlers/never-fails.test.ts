import { afterEach, describe, expect, test } from '@jest/globals';
import { Controller, Get, type LoggerService } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import {
  Conflict,
  ErrorHandler,
  type ErrorModuleOptions,
  ExceptionInfo,
  type HttpError,
  type Renderer,
} from '../../src/index.js';
import { ErrorAnswers } from '../../src/handlers/error-answers.js';
import { ErrorFilter } from '../../src/handlers/error.filter.js';
import { adapters, type Host, type HostParts, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

@Controller()
class FailingController {
  @Get('conflict')
  conflict(): never {
    throw new Conflict();
  }

  @Get('fail')
  fail(): never {
    throw new Error('s3cret');
  }
}

const refuse = (): never => {
  throw new Error('s3cret of the handler');
};

class Refusing extends ErrorHandler {
  override renderError = refuse;
}
class RefusingUncaught extends ErrorHandler {
  override uncaughtToResponse(): HttpError {
    return refuse();
  }
}
class RefusingInfo extends ErrorHandler {
  override excInfoType = class extends ExceptionInfo {
    override toString = refuse;
  };
}
const refusingRenderer: Renderer = { mediaType: 'application/problem+json', render: refuse };
class SenselessUncaught extends ErrorHandler {
  override uncaughtToResponse = (): never => undefined as never;
}
class Senseless extends ErrorHandler {
  override renderError = (): never => undefined as never;
}

const CONSTANT = {
  status: 500,
  isWhole: true,
  body: '500 - Internal server error\n',
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
};

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  afterEach(() => host.close());
  const start = async (parts: HostParts): Promise<void> => {
    host = await startHost(adapter, { controllers: [FailingController], ...parts });
  };

  test.each([
    ['a handler that cannot render', '/conflict', { handler: Refusing }],
    ['a handler that renders nothing', '/conflict', { handler: Senseless }],
    ['a renderer that fails', '/conflict', { renderers: [refusingRenderer] }],
  ])('%s is answered for by constant bytes', async (_name, path, options: ErrorModuleOptions) => {
    await start({ options });
    expect(await host.ask(path)).toMatchObject(CONSTANT);
    expect(await host.ask(path)).toMatchObject(CONSTANT);
  });

  test.each([
    ['fails', RefusingUncaught],
    ['gives nothing', SenselessUncaught],
  ])(
    'a handler that %s for what is uncaught gives way to the default one, and nothing is lost',
    async (_name, handler) => {
      const log = new RecordedLog();
      await start({ logger: log, options: { handler } });
      log.take();
      const { status, body } = await host.ask('/fail');
      expect([status, JSON.parse(body)]).toMatchObject([500, { title: 'Internal Server Error' }]);
      const errors = log.take().filter(({ level }) => level === 'error');
      expect(errors).toHaveLength(2);
      expect(errors[1]?.text).toContain('GET /fail was answered with 500');
    },
  );

  test('a handler that cannot render is answered for where there is no route, too', async () => {
    await start({ options: { handler: Refusing } });
    expect(await host.ask('/nowhere')).toMatchObject(CONSTANT);
  });

  test('a handler that cannot look at errors costs nobody an answer, or the log its line', async () => {
    const log = new RecordedLog();
    await start({ logger: log, options: { handler: RefusingInfo } });
    expect(await host.ask('/fail')).toMatchObject({ status: 500, isWhole: true });
    expect(log.take().filter(({ text }) => text.includes('s3cret'))).toHaveLength(1);
  });

  test('a logger that throws costs nobody an answer', async () => {
    let isHostile = false;
    const logger = Object.fromEntries(
      ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'].map((level) => [level, () => isHostile && refuse()]),
    ) as unknown as LoggerService;
    await start({ logger });
    isHostile = true;
    expect((await host.ask('/conflict')).status).toBe(409);
    expect((await host.ask('/fail')).status).toBe(500);
    isHostile = false;
  });

  test('a failure of the handler is in the log, with the reason', async () => {
    const log = new RecordedLog();
    await start({ logger: log, options: { handler: Refusing } });
    log.take();
    await host.ask('/conflict');
    const [failure] = log.take().filter(({ level }) => level === 'error');
    expect(failure?.text).toContain('s3cret of the handler');
    expect(failure?.text).toContain('GET /conflict: an error could not be answered as it should');
  });
});

test('The filter has answered when it returns, and has nothing to wait for', () => {
  const answered: unknown[] = [];
  const answers = { answer: (thrown: unknown) => void answered.push(thrown) } as unknown as ErrorAnswers;
  const exchanges = { of: () => ({}) } as unknown as ConstructorParameters<typeof ErrorFilter>[1];
  const host = new ExecutionContextHost([{}, {}]);
  expect(new ErrorFilter(answers, exchanges).catch('thrown', host)).toBeUndefined();
  expect(answered).toEqual(['thrown']);
});
