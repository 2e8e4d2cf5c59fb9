// An application that fails in every way, to see what the handlers make of it, and to look into each failure with a console.
// Run it: npm run compile && node dist/examples/ways-to-fail.js [debug | contextual | default]
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  type NestModule,
  Param,
  type PipeTransform,
  Post,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsInt, IsString, Max } from 'class-validator';
import { Conflict, ErrorModule, type ErrorModuleOptions, FieldValidationPipe, NotFound } from 'nestjs-errata';

const [handler = 'debug'] = process.argv.slice(2);

interface Order {
  readonly id: number;
  readonly item: string;
  readonly amount: number;
}

class NewOrder {
  @IsString({ message: 'An order has an item.' })
  item!: string;

  @IsInt({ message: 'An amount is a whole number.' })
  @Max(9, { message: 'Nine are the most.' })
  amount!: number;
}

type Pricing = (order: Order) => number;

/** A function that is injected, and knows what it was made with. */
function pricingWith(rates: ReadonlyMap<string, number>): Pricing {
  return ({ item, amount }) => {
    const rate = rates.get(item);
    if (rate === undefined) throw new RangeError(`Nobody set a price for ${item}.`);
    return rate * amount;
  };
}

@Injectable()
class Orders {
  readonly #secretDiscount = 0.1;
  readonly #orders: readonly Order[] = [{ id: 7, item: 'apples', amount: 4 }];

  find(id: number): Order {
    const order = this.#orders.find((each) => each.id === id);
    if (order === undefined) throw new Error(`There is no order ${id}.`);
    return order;
  }

  /** What failed can be looked into: `this.#secretDiscount` is in reach of the console, and of nobody else. */
  discount(order: Order): number {
    const percent = this.#secretDiscount * 100;
    throw new Error(`No discount of ${percent} % on ${order.item}.`);
  }

  /** The error comes from below an await, when whoever called has long been left. */
  async ship(order: Order): Promise<void> {
    const carrier = await this.carrierOf(order);
    await delay(5);
    throw new Error(`${carrier} does not answer.`);
  }

  async bill(order: Order): Promise<void> {
    try {
      await this.ship(order);
    } catch (error) {
      throw new Error(`Order ${order.id} is not billed.`, { cause: error });
    }
  }

  countDown(left: number): number {
    return this.countDown(left - 1) + 1;
  }

  private async carrierOf({ item }: Order): Promise<string> {
    await delay(1);
    return `The carrier of ${item}`;
  }
}

@Injectable()
class NobodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { name } = context.getHandler();
    throw new Error(`The guard of ${name} fell asleep.`);
  }
}

@Injectable()
class LateInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): never {
    const kind = context.getType();
    throw new Error(`The interceptor of ${kind} has no ${typeof next}.`);
  }
}

@Injectable()
class BrokenPipe implements PipeTransform<string, never> {
  transform(value: string): never {
    throw new TypeError(`The pipe cannot take “${value}”.`);
  }
}

@Controller('fail')
class WaysToFailController {
  private readonly order: Order = { id: 7, item: 'apples', amount: 4 };

  constructor(
    private readonly orders: Orders,
    @Inject('PRICING') private readonly price: Pricing,
  ) {}

  @Get('controller')
  controller(): never {
    const tried = [this.order.item, 'pears'];
    throw new Error(`None of ${tried.join(', ')} is there.`);
  }

  @Get('service')
  service(): Order {
    return this.orders.find(8);
  }

  @Get('guard')
  @UseGuards(NobodyGuard)
  guard(): void {}

  @Get('interceptor')
  @UseInterceptors(LateInterceptor)
  interceptor(): void {}

  @Get('pipe/:value')
  pipe(@Param('value', BrokenPipe) _value: never): void {}

  @Get('middleware')
  middleware(): void {}

  @Get('rejected')
  rejected(): Promise<never> {
    return Promise.reject(new Error('It was rejected and never thrown.'));
  }

  @Get('await')
  async below(): Promise<void> {
    await this.orders.ship(this.order);
  }

  @Get('cause')
  async cause(): Promise<void> {
    await this.orders.bill(this.order);
  }

  @Get('aggregate')
  async aggregate(): Promise<void> {
    const failures = await Promise.allSettled([this.orders.ship(this.order), this.orders.bill(this.order)]);
    const reasons = failures.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    throw new AggregateError(reasons, `${reasons.length} of ${failures.length} failed.`);
  }

  @Get('string')
  string(): never {
    const thrown: unknown = 'a text in place of an error';
    throw thrown;
  }

  @Get('recursion')
  recursion(): number {
    return this.orders.countDown(1);
  }

  @Get('timeout')
  async timeout(): Promise<void> {
    await delay(60_000, undefined, { signal: AbortSignal.timeout(20) });
  }

  @Get('loop')
  loop(): never {
    const end = performance.now() + 50;
    for (let round = 0; ; round++) if (performance.now() > end) throw new Error(`Nothing came of ${round} rounds.`);
  }

  @Get('closure')
  closure(): number {
    return this.price({ ...this.order, item: 'plums' });
  }

  @Get('private')
  private(): number {
    return this.orders.discount(this.order);
  }

  @Get('missing')
  missing(): never {
    throw new NotFound('There is no order 8.');
  }

  @Get('returned')
  returned(): Conflict {
    return new Conflict('The order is there already.');
  }

  @Post('validation')
  validation(@Body() { item }: NewOrder): string {
    return item;
  }
}

@Module({
  imports: [
    // Where NODE_ENV is “development”, as in an application of yours, the debug handler needs no leave to run.
    ErrorModule.forRoot({
      handler: handler as NonNullable<ErrorModuleOptions['handler']>,
      debugger: { console: true, allowWithoutNodeEnv: true },
    }),
  ],
  controllers: [WaysToFailController],
  providers: [Orders, { provide: 'PRICING', useFactory: () => pricingWith(new Map([['apples', 8]])) }],
})
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const fail = (request: { readonly method: string }): never => {
      throw new Error(`The middleware does not like ${request.method}.`);
    };
    consumer.apply(fail).forRoutes('fail/middleware');
  }
}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.useGlobalPipes(new FieldValidationPipe());
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 3003), '127.0.0.1');
console.log(`Ways to fail: ${await app.getUrl()}/fail/`);
