// The catalogue's REST interface in an application of your own, on Express, below /api, with your own idea of who may edit.
// Run it: npm run compile && node dist/examples/rest-behind-your-guard.js
import 'reflect-metadata';
import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import Libsql from 'libsql';
import { ErrorModule } from 'nestjs-errata';
import { errorEntities, errorMigrations } from 'nestjs-errata/catalog';

@Injectable()
class StaffOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    // Yours would look at a session.
    if (headers['x-role'] === 'staff') return true;
    throw new ForbiddenException('Only staff may edit the catalogue.');
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: Libsql,
      database: ':memory:',
      entities: errorEntities('better-sqlite3'),
      migrations: errorMigrations,
      migrationsRun: true,
    }),
    ErrorModule.forRoot({ catalog: { controllers: true, path: 'api', builtins: 'all', adminGuards: [StaffOnly] } }),
  ],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 3001), '127.0.0.1');
console.log(`The catalogue: ${await app.getUrl()}/api/v6/errors/`);
