import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ErrorModule, Unauthorized } from '../../src/index.js';
import { LogReadingModule } from '../../src/logging/log-reading.module.js';
import type { LogReadingOptions } from '../../src/logging/log-reading-options.js';
import { type AdapterKind, TOKEN } from './app-matrix.js';
import type { DatabaseKind } from './databases.js';
import { type Host, startHost } from './host.js';
import { createLogDatabase } from './log-databases.js';

/** The guard of a host's own: it knows admins by a header. */
@Injectable()
export class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    if (headers['authorization'] === `Bearer ${TOKEN}`) return true;
    throw new Unauthorized('This is for admins.', { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
}

/** A host that serves its catalogue and its log. */
export interface LogHost extends Host {
  readonly dataSource: DataSource;
  /** The body of an answer to an admin; fails unless its status is this. */
  read<Body>(path: string, status?: number): Promise<Body>;
}

/** Starts a host on an adapter and a database of its own. */
export async function startLogHost(
  adapter: AdapterKind,
  kind: DatabaseKind,
  options: LogReadingOptions = {},
): Promise<LogHost> {
  const database = await createLogDatabase(kind);
  const host = await startHost(adapter, {
    imports: [TypeOrmModule.forRoot(database.options), LogReadingModule.forRoot({ controllers: true, ...options })],
    errorModule: ErrorModule.forRoot({ catalog: { controllers: true, adminGuards: [HeaderGuard] } }),
  });
  const headers = { Authorization: `Bearer ${TOKEN}` };
  return {
    ...host,
    dataSource: host.app.get(DataSource),
    async read<Body>(path: string, status = 200): Promise<Body> {
      const address = path.startsWith('http') ? path.slice(host.origin.length) : path;
      const answer = await host.ask(address, { headers });
      if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
      return JSON.parse(answer.body) as Body;
    },
    async close() {
      await host.close();
      await database.drop();
    },
  };
}
