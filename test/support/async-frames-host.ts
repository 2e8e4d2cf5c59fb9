import 'reflect-metadata';
import { Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorModule, type ErrorModuleOptions } from '../../src/index.js';
import type { AdapterKind } from './app-matrix.js';
import { adapterOf } from './host.js';

interface Order {
  readonly item: string;
  readonly amount: number;
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

@Injectable()
class Warehouse {
  private readonly stock: Readonly<Record<string, number>> = { apples: 3, pears: 5 };

  async reserve({ item, amount }: Order): Promise<number> {
    await turn();
    const left = (this.stock[item] ?? 0) - amount;
    if (left < 0) throw new Error(`There are no ${amount} ${item}.`);
    return left;
  }
}

@Injectable()
class OrdersService {
  readonly placed: string[] = [];
  readonly #rate = 0.25;

  constructor(private readonly warehouse: Warehouse) {}

  async place(order: Order): Promise<number> {
    const price = order.amount * 8;
    const apiKey = `key of ${order.item}`;
    const left = await this.warehouse.reserve(order);
    this.placed.push(apiKey);
    return left + price * this.#rate;
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get('place/:item/:amount')
  async place(@Param('item') item: string, @Param('amount') amount: string): Promise<number> {
    const order: Order = { item, amount: Number(amount) };
    const placed = await this.orders.place(order);
    return placed;
  }

  /** Of two calls of the same function one fails. */
  @Get('both')
  async both(): Promise<number[]> {
    const wanted = ['apples', 'pears'];
    return await Promise.all(wanted.map(async (item) => await this.orders.place({ item, amount: 4 })));
  }

  @Get('placed')
  placed(): readonly string[] {
    return this.orders.placed;
  }
}

@Controller('process')
class ProcessController {
  @Get('heap')
  heap(): number {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  }
}

const [adapter = 'express', options = '{}'] = process.argv.slice(2);

@Module({
  imports: [ErrorModule.forRoot(JSON.parse(options) as ErrorModuleOptions)],
  controllers: [OrdersController, ProcessController],
  providers: [OrdersService, Warehouse],
})
class HostModule {}

/** A host whose routes wait, in a process of its own: its adapter and options are its arguments. */
const app = await NestFactory.create(HostModule, adapterOf(adapter as AdapterKind), { logger: ['warn', 'fatal'] });
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
console.log(`listens on ${await app.getUrl()}`);
