import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { InternalServerError, NotFound } from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

@Controller()
class ReportedController {
  @Get('uncaught')
  uncaught(): never {
    throw new Error('The outer.', { cause: new TypeError('The inner.', { cause: new RangeError('The innermost.') }) });
  }

  @Get('thrown')
  thrown(): never {
    throw new InternalServerError(undefined, { cause: new Error('The reason.') });
  }

  @Get('returned')
  returned(): unknown {
    return new InternalServerError();
  }

  @Get('forged')
  forged(): never {
    throw new NotFound('There is no job 7\n\u001b[31m[Nest] 1 - ERROR of nobody');
  }

  @Get('forged-uncaught')
  forgedUncaught(): never {
    throw new Error('There is no job \u001b[31m7');
  }

  @Get('missing')
  missing(): never {
    throw new NotFound(undefined, { cause: new Error('The reason.') });
  }
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [ReportedController], logger: log });
  });
  beforeEach(() => void log.take());
  afterAll(() => host.close());

  test('an uncaught error is logged once, with its stack, its causes and the id that the client has', async () => {
    const { body } = await host.ask('/uncaught?token=s3cret');
    const { instance } = JSON.parse(body) as { instance: string };
    const [call, ...others] = log.take();
    expect(others).toEqual([]);
    expect(call?.level).toBe('error');
    expect(call?.text).toContain(instance.replace('urn:uuid:', ''));
    expect(call?.text).toContain('GET /uncaught was answered with 500.');
    expect(call?.text).toMatch(/Error: The outer\.\n {4}at .*uncaught/);
    expect(call?.text).toMatch(/Caused by: TypeError: The inner\.\n {4}at [^]*Caused by: RangeError: The innermost\./);
    expect(call?.text).not.toContain('s3cret');
  });

  test.each(['/thrown', '/returned'])('a 5xx that is made for clients is logged once (%s)', async (path) => {
    await host.ask(path);
    const [call, ...others] = log.take();
    expect(others).toEqual([]);
    expect(call?.level).toBe('error');
    expect(call?.text).toContain('InternalServerError');
    if (path === '/thrown') expect(call?.text).toContain('Caused by: Error: The reason.');
  });

  test('nothing that a client sent writes lines of its own, or acts on a terminal', async () => {
    await host.ask('/forged');
    await host.ask('/forged-uncaught');
    const [client, server] = log.take();
    expect(client?.text).toMatch(/: Not found: There is no job 7␊␛\[31m\[Nest\] 1 - ERROR of nobody$/);
    expect(server?.text).toContain('Error: There is no job ␛[31m7\n    at ');
    expect(server?.text).not.toContain('\u001b');
  });

  test.each([
    ['/missing', 'GET', 404],
    ['/nowhere?token=s3cret', 'GET', 404],
    ['/missing', 'POST', 405],
  ])('a 4xx is one line at debug level (%s)', async (path, method, status) => {
    await host.ask(path, { method });
    const [call, ...others] = log.take();
    expect(others).toEqual([]);
    expect(call?.level).toBe('debug');
    expect(call?.text).toMatch(new RegExp(`^${method} /[a-z]+ was answered with ${status}: [A-Z][a-z ]+: [A-Z].*\\.$`));
  });
});
