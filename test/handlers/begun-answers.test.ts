import { EventEmitter, once } from 'node:events';
import { type ClientRequest, request as send, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Body, type CanActivate, Controller, Get, Post, Res, Sse, UseGuards } from '@nestjs/common';
import { concat, of, throwError, type Observable } from 'rxjs';
import { Conflict, NotFound } from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';

const failing: CanActivate = {
  canActivate() {
    throw new Error('s3cret of the guard');
  },
};

const rawOf = (response: ServerResponse & { raw?: ServerResponse }): ServerResponse => response.raw ?? response;

/** What the routes tell the test. */
const events = new EventEmitter();

@Controller()
class BegunController {
  @Get('begun')
  begun(@Res() response: ServerResponse): never {
    const raw = rawOf(response);
    raw.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '100' });
    raw.write('the first half');
    throw new Error('s3cret');
  }

  @Get('chunked')
  async chunked(@Res() response: ServerResponse): Promise<never> {
    const raw = rawOf(response);
    await new Promise((written) => raw.write('the first chunk', written));
    throw new Conflict();
  }

  @Get('over')
  over(@Res() response: ServerResponse): never {
    rawOf(response).end('all of it');
    throw new Error('s3cret');
  }

  @Get('gone')
  async gone(@Res() response: ServerResponse): Promise<never> {
    const closed = once(rawOf(response), 'close');
    events.emit('waiting');
    await closed;
    setImmediate(() => events.emit('failed'));
    throw new Error('s3cret');
  }

  @Sse('events')
  stream(): Observable<{ data: string }> {
    return concat(
      of({ data: 'one' }),
      throwError(() => new Error('s3cret at /srv/app.js')),
    );
  }

  @Sse('no-events')
  none(): unknown {
    return new NotFound('There are no events.');
  }

  @Sse('guarded-events')
  @UseGuards(failing)
  guarded(): Observable<{ data: string }> {
    return of({ data: 'never' });
  }

  @Post('body')
  body(@Body() body: unknown): unknown {
    return body;
  }

  @Get('well')
  well(): string {
    return 'well';
  }
}

describe.each(adapters)('On %s', (adapter) => {
  let host: Host;
  const log = new RecordedLog();
  const errors = (): string[] => log.take().flatMap(({ level, text }) => (level === 'error' ? [text] : []));
  beforeAll(async () => {
    host = await startHost(adapter, { controllers: [BegunController], logger: log });
  });
  beforeEach(() => void log.take());
  afterAll(() => host.close());

  test('a client sees that an answer which had begun is not whole', async () => {
    expect(await host.ask('/begun')).toMatchObject({ status: 200, body: 'the first half', isWhole: false });
    const [line, ...others] = errors();
    expect(line).toContain('s3cret');
    expect(others).toEqual([]);
  });

  test('a client sees it where the length was not known, too', async () => {
    expect(await host.ask('/chunked')).toMatchObject({ status: 200, body: 'the first chunk', isWhole: false });
  });

  test('an answer that is over stays as it is, and the error is in the log', async () => {
    expect(await host.ask('/over')).toMatchObject({ status: 200, body: 'all of it', isWhole: true });
    expect(errors()).toHaveLength(1);
  });

  test('nothing is written to a client that is gone, and nothing crashes', async () => {
    const waiting = once(events, 'waiting');
    const failed = once(events, 'failed');
    const client: ClientRequest = send(`${host.origin}/gone`).on('error', () => {});
    client.end();
    await waiting;
    client.destroy();
    await failed;
    expect(errors()).toHaveLength(1);
    expect(await host.ask('/well')).toMatchObject({ status: 200 });
  });

  test('a client that breaks its request off is no fault of the server’s', async () => {
    const client = send(`${host.origin}/body`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': '1000' },
    });
    client.on('error', () => {}).write('{"half":', () => client.destroy());
    const call = await log.next();
    expect(call.level).toBe('debug');
    expect(call.text).toMatch(/^POST \/body failed with 400 when its client was gone: /);
  });

  test('a stream of events tells nothing that is secret, and the log everything', async () => {
    const answer = await host.ask('/events');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('data: one');
    expect(answer.body).not.toContain('/srv');
    expect(answer.body).not.toContain('s3cret');
    const [line, ...others] = errors();
    expect(line).toContain('s3cret at /srv/app.js');
    expect(others).toEqual([]);
  });

  test('a stream of events that has not begun is answered as every other route', async () => {
    const answer = await host.ask('/guarded-events', { headers: { Accept: 'text/event-stream' } });
    expect(answer).toMatchObject({ status: 500, isWhole: true });
    expect(answer.body).toMatch(/^500 - Internal server error\n/);
    expect(errors()).toHaveLength(1);
  });

  test('an error that is returned in place of events is thrown', async () => {
    const answer = await host.ask('/no-events', { headers: { Accept: 'application/json' } });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ detail: 'There are no events.' });
  });
});

test('A controller is left as it was found, once the application has ended', async () => {
  const stream: unknown = Reflect.get(BegunController.prototype, 'stream');
  const interceptors = (): unknown => Reflect.getMetadata('__interceptors__', stream as object);
  const host = await startHost('express', { controllers: [BegunController] });
  expect(interceptors()).toHaveLength(1);
  await host.close();
  expect(interceptors()).toBeUndefined();
});
