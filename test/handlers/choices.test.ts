import { describe, expect, test } from '@jest/globals';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import {
  ErrorHandler,
  ErrorModule,
  type HostApplication,
  type HttpError,
  NotFound,
  UseErrorHandler,
} from '../../src/index.js';
import { adapters, startHost } from '../support/host.js';

const naming = (name: string): new () => ErrorHandler =>
  class extends ErrorHandler {
    override uncaughtToResponse(): HttpError {
      return new NotFound(name);
    }
  };
const OfController = naming('the controller’s');
const OfRoute = naming('the route’s');
const ofInstance = new (naming('the instance’s'))();

@Controller('plain')
class PlainController {
  @Get()
  fail(): never {
    throw new Error('s3cret');
  }

  @Get('routed')
  @UseErrorHandler(OfRoute)
  routed(): never {
    throw new Error('s3cret');
  }

  @Get('instance')
  @UseErrorHandler(ofInstance)
  instance(): never {
    throw new Error('s3cret');
  }
}

@Controller('chosen')
@UseErrorHandler(OfController)
class ChosenController extends PlainController {}

@Controller('heir')
class HeirController extends PlainController {}

function twin(path: string, handler: new () => ErrorHandler): new () => object {
  @Controller(path)
  @UseErrorHandler(handler)
  class Twin {
    @Get()
    fail(): never {
      throw new Error('s3cret');
    }
  }
  return Twin;
}

@Injectable()
class Words {
  readonly sentence = 'An injected sentence.';
}

@Injectable()
class Speaking extends ErrorHandler {
  constructor(private readonly words: Words) {
    super();
  }

  override uncaughtToResponse(): HttpError {
    return new NotFound(this.words.sentence);
  }
}

@Module({ providers: [Words, Speaking], exports: [Words, Speaking] })
class SpeakingModule {}

class Wrapping extends ErrorHandler {
  readonly calls: unknown[] = [];

  override wrapApplication(application: HostApplication): () => void {
    this.calls.push(typeof (application.server as { address?: unknown }).address);
    return () => void this.calls.push('cleaned up');
  }
}

const detailOf = ({ body }: { body: string }): unknown => (JSON.parse(body) as { detail: unknown }).detail;

describe.each(adapters)('On %s', (adapter) => {
  test('a route’s own handler decides for it, else its controller’s, else the application’s', async () => {
    const host = await startHost(adapter, {
      controllers: [
        PlainController,
        ChosenController,
        HeirController,
        twin('twin-a', naming('the first twin’s')),
        twin('twin-b', naming('the second twin’s')),
      ],
    });
    const details: Record<string, unknown> = {};
    for (const path of ['plain', 'plain/routed', 'plain/instance', 'chosen', 'chosen/routed', 'heir', 'heir/routed'])
      details[path] = detailOf(await host.ask(`/${path}`));
    const plain = details['plain'];
    expect(String(plain)).not.toContain('s3cret');
    expect(details).toEqual({
      plain,
      'plain/routed': 'the route’s',
      'plain/instance': 'the instance’s',
      chosen: 'the controller’s',
      'chosen/routed': 'the route’s',
      heir: plain,
      'heir/routed': 'the route’s',
    });
    expect(detailOf(await host.ask('/twin-a'))).toBe('the first twin’s');
    expect(detailOf(await host.ask('/twin-b'))).toBe('the second twin’s');
    await host.close();
  });

  test('a handler is made by Nest, with what it injects', async () => {
    const host = await startHost(adapter, {
      imports: [SpeakingModule],
      controllers: [PlainController],
      options: { handler: Speaking },
    });
    expect(detailOf(await host.ask('/plain'))).toBe('An injected sentence.');
    await host.close();
  });

  test('options may come from a factory', async () => {
    const host = await startHost(adapter, {
      controllers: [PlainController],
      errorModule: ErrorModule.forRootAsync({
        imports: [SpeakingModule],
        inject: [Words],
        useFactory: async (words: Words) => {
          await Promise.resolve();
          return { renderers: [{ mediaType: 'application/problem+json', render: () => words.sentence }] };
        },
      }),
    });
    expect(await host.ask('/plain')).toMatchObject({ status: 500, body: 'An injected sentence.' });
    await host.close();
  });

  test('what a handler needs around the application is put there, and taken away again', async () => {
    const handler = new Wrapping();
    const host = await startHost(adapter, { options: { handler } });
    expect(handler.calls).toEqual(['function']);
    await host.close();
    expect(handler.calls).toEqual(['function', 'cleaned up']);
  });

  test('an uncaught error is handed to Nest where that is wanted, and no other is', async () => {
    const host = await startHost(adapter, {
      controllers: [twin('plain', ErrorHandler)],
      options: { handlerOptions: { reraiseUncaught: true } },
    });
    expect(JSON.parse((await host.ask('/plain')).body)).toEqual({ statusCode: 500, message: 'Internal server error' });
    expect(detailOf(await host.ask('/nowhere'))).toBe(NotFound.defaults.detail);
    await host.close();
  });
});
