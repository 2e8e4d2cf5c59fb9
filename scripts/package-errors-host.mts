/**
 * A host of the library without a database, on Express and on Fastify. `check-package.mjs` copies it into a host that has
 * neither TypeORM nor Swagger, as `main.ts`.
 */
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  type INestApplication,
  Module,
} from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Conflict, ErrorModule, errataFastifyOptions, httpErrors, MethodNotAllowed, NotFound } from 'nestjs-errata';

class OutOfStock extends Error {}

/** The host's own filter, for one type of exception. */
@Catch(OutOfStock)
class OutOfStockFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(_: OutOfStock, context: ArgumentsHost): void {
    this.host.httpAdapter.reply(context.switchToHttp().getResponse(), 'the host’s own answer', 409);
  }
}

@Controller()
class ShopController {
  @Get('thrown')
  thrown(): never {
    throw new NotFound('There is no such shop.');
  }

  @Get('returned')
  returned(): Conflict {
    return new Conflict('It is open already.');
  }

  @Get('uncaught')
  uncaught(): never {
    throw new Error('a secret');
  }

  @Get('out-of-stock')
  outOfStock(): never {
    throw new OutOfStock();
  }

  @Get('classes')
  classes(): string[] {
    return [...httpErrors.values()].map((type) => {
      const error = type === MethodNotAllowed ? new MethodNotAllowed(['GET']) : new type();
      return [error.toJson(), error.toHtml(), error.toXml(), error.toText()].every(Boolean)
        ? String(error.code)
        : 'none';
    });
  }
}

@Module({
  imports: [ErrorModule.forRootAsync({ useFactory: async () => Promise.resolve({ validationStatus: 422 as const }) })],
  controllers: [ShopController],
  providers: [
    {
      provide: APP_FILTER,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost) => new OutOfStockFilter(host),
    },
  ],
})
class ShopModule {}

async function main(): Promise<void> {
  console.log(`typeorm: ${existsSync('node_modules/typeorm') ? 'installed' : 'absent'}`);
  for (const [name, adapter] of [
    ['express', new ExpressAdapter()],
    ['fastify', new FastifyAdapter(errataFastifyOptions())],
  ] as const) {
    const application: INestApplication = await NestFactory.create(ShopModule, adapter, { logger: false });
    await application.listen(0, '127.0.0.1');
    const origin = await application.getUrl();
    const ask = async (path: string, accept: string, method = 'GET'): Promise<void> => {
      const response = await fetch(`${origin}${path}`, { method, headers: { Accept: accept } });
      const body = await response.text();
      const type = response.headers.get('content-type') ?? '';
      const allow = response.headers.get('allow') ?? '';
      console.log(
        `${name}: ${method} ${path} ${response.status} ${type} ${allow} ${summary(body)}`.replace(/ +/g, ' ').trim(),
      );
    };
    await ask('/thrown', 'application/json');
    await ask('/thrown', 'text/html');
    await ask('/thrown', 'application/xml');
    await ask('/returned', 'text/plain');
    await ask('/uncaught', 'application/json');
    await ask('/out-of-stock', '*/*');
    await ask('/nowhere', 'application/json');
    await ask('/thrown', 'application/json', 'DELETE');
    await ask('/classes', 'application/json');
    await application.close();
  }
}

/** As much of a body as tells which one it is. */
function summary(body: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(body)?.[1];
  const detail = /<detail>([^<]*)<\/detail>/.exec(body)?.[1];
  if (title !== undefined || detail !== undefined) return title ?? detail ?? '';
  return body.startsWith('{"code"')
    ? (JSON.parse(body) as { message: string }).message
    : (body.split('\n')[0]?.slice(0, 40) ?? '');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
