import 'reflect-metadata';
import { Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorModule, type ErrorModuleOptions } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { adapterOf } from './host.js';

/** Markup that tells on itself when it becomes more than text. */
const ATTACK = `"'></textarea></script><img src=x onerror="attacked('img')"><script>attacked('script')</script>`;

interface Order {
  readonly item: string;
  readonly amount: number;
}

@Injectable()
class OrdersService {
  readonly stock: Record<string, number> = { apples: 3, pears: 5 };
  readonly #rate = 0.25;

  charge(order: Order): number {
    const price = order.amount * 8;
    const tax = price * this.#rate;
    if (order.amount > (this.stock[order.item] ?? 0)) throw new Error(`No ${order.item} for ${price + tax}.`);
    return price + tax;
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get('fail')
  fail(): number {
    const order = { item: 'apples', amount: 4, customer: { name: 'Ada', tags: new Map([['since', 2019]]) } };
    return this.orders.charge(order);
  }

  @Get('stock')
  stock(): Record<string, number> {
    return this.orders.stock;
  }

  /** Begins what fails later, and awaits it nowhere. */
  @Get('lost')
  lost(): void {
    void Promise.reject(new Error('lost by the application'));
  }
}

/** Throws what others wrote. */
@Controller('hostile')
class HostileController {
  @Get('message/:text')
  message(@Param('text') text: string): never {
    const hostile = { [ATTACK]: ATTACK, within: [ATTACK, new Map([[ATTACK, ATTACK]])], text };
    const named = { [ATTACK]: (): never => this.end(hostile) };
    return named[ATTACK]();
  }

  @Get('object/:text')
  object(@Param('text') text: string): never {
    const thrown: unknown = { name: ATTACK, message: ATTACK, text, toString: () => ATTACK };
    throw thrown;
  }

  @Get('stack/:text')
  stack(@Param('text') text: string): never {
    const thrown: unknown = {
      name: ATTACK,
      message: text,
      stack: `${ATTACK}\n    at ${ATTACK} (file:///${ATTACK}:1:2)`,
    };
    throw thrown;
  }

  private end(hostile: Record<string, unknown>): never {
    throw Object.assign(new Error(`${ATTACK} ${Object.keys(hostile).length}`), { name: ATTACK });
  }
}

const [adapter = 'express', options = '{}'] = process.argv.slice(2);

@Module({
  imports: [ErrorModule.forRoot(JSON.parse(options) as ErrorModuleOptions)],
  controllers: [OrdersController, HostileController],
  providers: [OrdersService],
})
class DebugHostModule {}

/** A host with consoles in its errors, in a process of its own: its adapter and options are its arguments. */
const app = await NestFactory.create(DebugHostModule, adapterOf(adapter as AdapterKind), {
  logger: ['log', 'warn', 'fatal'],
});
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
console.log(`listens on ${await app.getUrl()}`);
