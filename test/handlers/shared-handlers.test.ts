import { describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { ErrorHandler, type ErrorHandlerOptions, NotFound, type Renderer, UseErrorHandler } from '../../src/index.js';
import { adapters, type Host, startHost } from '../support/host.js';

@Controller()
class FailingController {
  @Get('fail')
  fail(): never {
    throw new Error('s3cret');
  }

  @Get('typed')
  typed(): never {
    throw new NotFound('Gone fishing.', { errorType: 'https://errors.example/fishing' });
  }
}

/** Lists what it was told, in the order in which it was asked. */
class Telling extends ErrorHandler {
  // Such a name is lost on whatever is not the very instance.
  readonly #told: string[] = [];

  get told(): readonly string[] {
    return this.#told;
  }

  override uncaughtToResponse(): NotFound {
    this.#told.push(`${this.settings.problemTypeBase ?? 'none'} ${String(this.effectiveOptions.hideInternalFrames)}`);
    return new NotFound('Told.');
  }
}

class Own extends ErrorHandler {
  override options: ErrorHandlerOptions = { reraiseUncaught: false };
}

const saying = (body: string): Renderer => ({ mediaType: 'application/problem+json', render: () => body });
const bodiesOf = async (hosts: readonly Host[], path: string): Promise<string[]> => {
  const bodies: string[] = [];
  for (const host of hosts) bodies.push((await host.ask(path)).body);
  return bodies;
};

/** What Nest says of an error that nobody caught. */
const OF_NEST = '{"statusCode":500,"message":"Internal server error"}';

describe.each(adapters)('On %s, a handler that two applications share', (adapter) => {
  test('has the settings of each', async () => {
    const handler = new Telling();
    const controllers = [FailingController];
    const [first, second, third] = [
      await startHost(adapter, {
        controllers,
        options: {
          handler,
          problemTypeBase: 'https://first.example',
          renderers: [saying('first')],
          handlerOptions: { hideInternalFrames: false },
        },
      }),
      await startHost(adapter, {
        controllers,
        options: { handler, problemTypeBase: 'https://second.example', renderers: [saying('second')] },
      }),
      await startHost(adapter, { controllers, options: { handler, handlerOptions: { hideInternalFrames: true } } }),
    ];
    const hosts = [first, second, third, second, first];
    const [typed, ...rest] = await bodiesOf([third, ...hosts], '/typed');
    expect(JSON.parse(typed ?? '')).toMatchObject({ status: 404, detail: 'Gone fishing.' });
    expect(rest.map((body) => (body.startsWith('{') ? 'third' : body))).toEqual([
      'first',
      'second',
      'third',
      'second',
      'first',
    ]);
    await bodiesOf(hosts, '/fail');
    expect(handler.told).toEqual([
      'https://first.example false',
      'https://second.example undefined',
      'none true',
      'https://second.example undefined',
      'https://first.example false',
    ]);
    expect(handler.options).toEqual({});
    for (const host of [first, second, third]) await host.close();
  });

  test('reraises what is uncaught for the one that wants it', async () => {
    const handler = new ErrorHandler();
    const controllers = [FailingController];
    const first = await startHost(adapter, {
      controllers,
      options: { handler, handlerOptions: { reraiseUncaught: true } },
    });
    const second = await startHost(adapter, { controllers, options: { handler } });
    const bodies = await bodiesOf([first, second, first], '/fail');
    expect(bodies.map((body) => body === OF_NEST)).toEqual([true, false, true]);
    await first.close();
    await second.close();
  });

  test('has options of its own, which win', async () => {
    const host = await startHost(adapter, {
      controllers: [FailingController],
      options: { handler: new Own(), handlerOptions: { reraiseUncaught: true } },
    });
    expect(JSON.parse((await host.ask('/fail')).body)).toMatchObject({ title: 'Internal Server Error' });
    await host.close();
  });

  test('has the settings of each on a route, too', async () => {
    const handler = new Telling();
    @Controller('routed')
    @UseErrorHandler(handler)
    class RoutedController {
      @Get()
      fail(): never {
        throw new Error('s3cret');
      }
    }
    const hosts = [
      await startHost(adapter, { controllers: [RoutedController], options: { renderers: [saying('first')] } }),
      await startHost(adapter, { controllers: [RoutedController], options: { renderers: [saying('second')] } }),
    ];
    expect(await bodiesOf([...hosts, ...hosts], '/routed')).toEqual(['first', 'second', 'first', 'second']);
    for (const host of hosts) await host.close();
  });
});
