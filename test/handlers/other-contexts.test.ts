import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Args, GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import {
  type ClientProxy,
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  RpcException,
  Transport,
} from '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';
import { MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets';
import { GraphQLError } from 'graphql';
import { firstValueFrom, throwError } from 'rxjs';
import { checkTold, failuresElsewhere, failWith, SECRET } from '../support/failures-elsewhere.js';
import { LeastDriver } from '../support/graphql-driver.js';
import { adapters, type Host, moduleOf, startHost } from '../support/host.js';
import { RecordedLog } from '../support/recorded-log.js';
import { EventSocket } from '../support/web-socket.js';

@Controller()
class MessagesController {
  @MessagePattern('fail')
  fail(name: string): unknown {
    return failWith(name);
  }

  @MessagePattern('observe')
  observe(name: string): unknown {
    return throwError(() => failuresElsewhere.find((failure) => failure.name === name)?.make());
  }

  @MessagePattern('own')
  own(error: string | object): unknown {
    throw new RpcException(error);
  }

  @EventPattern('happened')
  happened(name: string): unknown {
    return failWith(name);
  }

  @MessagePattern('well')
  well(): string {
    return 'well';
  }

  @Get('fail')
  overHttp(): never {
    throw new TypeError(SECRET);
  }
}

@WebSocketGateway({ path: '/events' })
class EventsGateway {
  @SubscribeMessage('fail')
  fail(@MessageBody() name: string): unknown {
    return failWith(name);
  }

  @SubscribeMessage('own')
  own(@MessageBody() error: string | object): unknown {
    throw new WsException(error);
  }

  @SubscribeMessage('well')
  well(): { event: string; data: string } {
    return { event: 'well', data: 'well' };
  }
}

@Resolver()
class FailingResolver {
  @Query(() => String, { nullable: true })
  fail(@Args('name', { type: () => String }) name: string): never {
    return failWith(name);
  }

  @Query(() => String, { nullable: true })
  own(): never {
    throw new GraphQLError('Too deep.', { extensions: { code: 'TOO_DEEP' } });
  }

  @Query(() => String)
  well(): string {
    return 'well';
  }
}

const tcp: MicroserviceOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } };

function clientOf(service: INestMicroservice): ClientProxy {
  const { port } = service.unwrap<Server>().address() as AddressInfo;
  return ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
}

/** What a message is answered with, be it a failure. */
function ask(client: ClientProxy, pattern: string, data: unknown): Promise<unknown> {
  return firstValueFrom(client.send<unknown>(pattern, data)).then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
}

async function messagesAreAnswered(client: ClientProxy, log: RecordedLog, name: string): Promise<void> {
  const failure = failuresElsewhere.find((known) => known.name === name);
  for (const pattern of ['fail', 'observe']) {
    log.take();
    checkTold(await ask(client, pattern, name), failure, log);
  }
}

async function theirOwnStaysAsItIs(client: ClientProxy): Promise<void> {
  expect(await ask(client, 'own', 'Too many.')).toEqual({ status: 'error', message: 'Too many.' });
  expect(await ask(client, 'own', { reason: 'full' })).toEqual({ reason: 'full' });
  expect(await ask(client, 'well', '')).toEqual({ value: 'well' });
}

const names = failuresElsewhere.map(({ name }) => name);

describe('In an application of messages alone', () => {
  let service: INestMicroservice;
  let client: ClientProxy;
  const log = new RecordedLog();
  beforeAll(async () => {
    const module = moduleOf({ controllers: [MessagesController] });
    service = await NestFactory.createMicroservice<MicroserviceOptions>(module, { ...tcp, logger: log });
    await service.listen();
    client = clientOf(service);
  });
  afterAll(async () => {
    await client.close();
    await service.close();
  });

  test.each(names)('%s is answered with a problem', (name) => messagesAreAnswered(client, log, name));

  test('an RpcException stays what it is', () => theirOwnStaysAsItIs(client));

  test('an event whose handler fails is in the log, and the next message is answered', async () => {
    log.take();
    await firstValueFrom(client.emit('happened', 'an error that nobody made for a client'), { defaultValue: null });
    expect(await ask(client, 'well', '')).toEqual({ value: 'well' });
    const [call, ...others] = log.take();
    expect(call).toMatchObject({ level: 'error', text: expect.stringContaining(SECRET) as unknown });
    expect(others).toEqual([]);
  });
});

describe.each(adapters)('In an application on %s', (adapter) => {
  let host: Host;
  let service: INestMicroservice | undefined;
  let client: ClientProxy;
  let socket: EventSocket;
  const log = new RecordedLog();
  beforeAll(async () => {
    host = await startHost(adapter, {
      imports: [GraphQLModule.forRoot({ driver: LeastDriver, autoSchemaFile: true })],
      controllers: [MessagesController],
      providers: [EventsGateway, FailingResolver],
      logger: log,
      prepare: async (app) => {
        app.useWebSocketAdapter(new WsAdapter(app));
        service = app.connectMicroservice<MicroserviceOptions>(tcp, { inheritAppConfig: true });
        await app.startAllMicroservices();
      },
    });
    client = clientOf(service as INestMicroservice);
    socket = await EventSocket.open(host.origin, '/events');
  });
  afterAll(async () => {
    await client.close();
    await socket.close();
    await host.close();
  });

  const query = async (source: string, variables: object = {}): Promise<Record<string, unknown>> => {
    const { body, status } = await host.ask('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: source, variables }),
    });
    expect(status).toBe(200);
    return JSON.parse(body) as Record<string, unknown>;
  };

  test.each(names)('%s in a handler of messages is answered with a problem', (name) =>
    messagesAreAnswered(client, log, name),
  );

  test('an RpcException stays what it is', () => theirOwnStaysAsItIs(client));

  test.each(failuresElsewhere)('$name in a gateway is an event `exception` with a problem', async (failure) => {
    log.take();
    const { event, data, ...rest } = (await socket.ask('fail', failure.name)) as Record<string, unknown>;
    expect([event, rest]).toEqual(['exception', {}]);
    checkTold(data, failure, log);
  });

  test('a WsException stays what it is', async () => {
    expect(await socket.ask('own', 'Too many.')).toEqual({
      event: 'exception',
      data: { status: 'error', message: 'Too many.', cause: { pattern: 'own', data: 'Too many.' } },
    });
    expect(await socket.ask('own', { reason: 'full' })).toEqual({ event: 'exception', data: { reason: 'full' } });
    expect(await socket.ask('well', '')).toEqual({ event: 'well', data: 'well' });
  });

  test.each(failuresElsewhere)('$name in a resolver is an error with the problem in `extensions`', async (failure) => {
    log.take();
    const { data, errors } = await query('query ($name: String!) { fail(name: $name) }', { name: failure.name });
    const [error, ...others] = errors as { message: string; path: unknown; extensions: Record<string, unknown> }[];
    expect([data, others, error?.path]).toEqual([{ fail: null }, [], ['fail']]);
    const { problem, code, http } = error?.extensions ?? {};
    checkTold(problem, failure, log);
    expect(error?.message).toBe((problem as Record<string, unknown>)['detail']);
    expect([typeof code, http]).toEqual(['string', { status: failure.problem['status'] }]);
    expect(JSON.stringify(errors)).not.toContain(SECRET);
  });

  test('a GraphQLError stays what it is', async () => {
    log.take();
    expect(await query('{ own }')).toMatchObject({
      data: { own: null },
      errors: [{ message: 'Too deep.', path: ['own'], extensions: { code: 'TOO_DEEP' } }],
    });
    expect(log.take()).toEqual([]);
    expect(await query('{ well }')).toEqual({ data: { well: 'well' } });
  });

  test('HTTP is answered as ever', async () => {
    log.take();
    const answer = await host.ask('/fail', { headers: { Accept: 'application/problem+json' } });
    expect(answer).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } });
    expect(answer.body).not.toContain(SECRET);
    expect(log.take().map(({ level }) => level)).toEqual(['error']);
    expect(await host.ask('/graphql')).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' } });
  });
});
