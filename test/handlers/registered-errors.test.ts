import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  ContextualErrorHandler,
  RegisteredError,
  ScaleError,
  ScaleOperationalError,
  UseErrorHandler,
} from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { memoryDatabase } from '../support/memory-database.js';
import { RecordedLog } from '../support/recorded-log.js';

@RegisteredError()
class QuotaSpent extends ScaleError {
  constructor(options: { cause?: unknown } = {}) {
    super(41, 'quota-spent', options);
  }
}

/** Registered by the module’s option. */
class DiskWorn extends ScaleError {
  constructor(options: { cause?: unknown } = {}) {
    super(42, 'disk-worn', { wrappedEx: 'WearError', ...options });
  }
}

class WearError extends Error {}

/** Shows the context without watching the whole process for it. */
class Showing extends ContextualErrorHandler {
  override wrapApplication(): Promise<() => void> {
    return Promise.resolve(() => {});
  }
}

/** Leaves what nobody made for a client to Nest. */
class Passing extends ContextualErrorHandler {
  override options = { reraiseUncaught: true };
  override wrapApplication(): Promise<() => void> {
    return Promise.resolve(() => {});
  }
}

@Controller()
class FailingController {
  constructor(@Inject(getDataSourceToken()) private readonly source: DataSource) {}

  @Get('statement')
  statement(): Promise<unknown> {
    return this.source.query("SELECT * FROM secret_table WHERE pin = '1234'");
  }

  @Get('file')
  file(): string {
    return readFileSync('/no/such/secret', 'utf8');
  }

  @Get('quota')
  quota(): never {
    throw new QuotaSpent();
  }

  @Get('wrapped')
  wrapped(): never {
    throw new Error('The job failed.', { cause: new WearError('It is worn.') });
  }

  @Get('operational')
  operational(): never {
    throw new ScaleOperationalError({ cause: new Error('The secret host is gone.') });
  }

  @Get('nobody')
  nobody(): never {
    throw new Error('Nobody knows.');
  }

  @UseErrorHandler(Showing)
  @Get('shown')
  shown(): never {
    this.operational();
  }

  @UseErrorHandler(Passing)
  @Get('passed')
  passed(): never {
    this.operational();
  }

  @UseFilters(BaseExceptionFilter)
  @Get('filtered')
  filtered(): never {
    this.operational();
  }
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, {
      imports: [memoryDatabase()],
      controllers: [FailingController],
      options: { catalog: true, errors: [new DiskWorn()], problemTypeBase: 'https://errors.example' },
      logger: log,
    });
  });
  afterAll(() => host.close());

  test('a registered error that is in no catalogue is told of at start', () => {
    const warnings = log.take().filter(({ level }) => level === 'warn');
    expect(warnings.map(({ text }) => /“(.*?)” is registered for exit code (\d+)/.exec(text)?.slice(1))).toEqual([
      ['quota-spent', '41'],
      ['disk-worn', '42'],
    ]);
  });

  test.each([
    ['/statement', 'database'],
    ['/file', 'filesystem-io'],
  ])('an exception that is wrapped leads to its page: %s', async (path, name) => {
    const { status, headers, body } = await host.ask(path);
    expect([status, headers['retry-after']]).toEqual([500, undefined]);
    expect(JSON.parse(body)).toMatchObject({ type: `https://errors.example/errors/types/${name}`, status: 500 });
    expect(body).not.toMatch(/secret|1234|SELECT|no such/);
    expect(log.take().filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test.each([
    ['/quota', 'quota-spent'],
    ['/wrapped', 'disk-worn'],
  ])('what is in no catalogue is named all the same: %s', async (path, name) => {
    const { status, body } = await host.ask(path, { headers: { accept: 'application/json' } });
    expect([status, JSON.parse(body)]).toMatchObject([500, { error_type: name }]);
  });

  test('a database that is out of reach is 503, with a time to come back', async () => {
    const { status, headers, body } = await host.ask('/operational');
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(JSON.parse(body)).toMatchObject({
      type: 'https://errors.example/errors/types/database-operation',
      status: 503,
    });
    expect(body).not.toContain('secret');
  });

  test('what nobody registered is answered as ever', async () => {
    const { status, body } = await host.ask('/nobody');
    expect([status, JSON.parse(body)]).toMatchObject([500, { type: 'about:blank' }]);
  });

  test('the contextual handler shows the stack with it', async () => {
    const { status, headers, body } = await host.ask('/shown', { headers: { accept: 'application/json' } });
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    const report = JSON.parse(body) as { exc_type: string; exc_causes: object[]; error_type: string };
    expect(report).toMatchObject({ error_type: 'database-operation', exc_type: 'ScaleOperationalError' });
    expect(report.exc_causes).toMatchObject([{ exc_value: 'The secret host is gone.' }]);
  });

  test.each(['/passed', '/filtered'])('Nest answers what is left to it: %s', async (path) => {
    const { status, headers, body } = await host.ask(path);
    expect([status, headers['retry-after']]).toEqual([500, undefined]);
    expect(JSON.parse(body)).toEqual({ statusCode: 500, message: 'Internal server error' });
  });
});
