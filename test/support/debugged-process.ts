import 'reflect-metadata';
import cluster from 'node:cluster';
import { ErrorModule, type ErrorModuleOptions } from '../../src/index.js';

/** Where the debug handler is set up, and how. */
export interface DebuggedPlace {
  readonly variables: Readonly<Record<string, string>>;
  readonly options?: NonNullable<ErrorModuleOptions['debugger']>;
}

/**
 * Sets up the debug handler in one place after the other, in a process of its own, and writes what came of each. The
 * arguments are the places and, to do so in the worker of a cluster, `worker`.
 */
const [places = '[]', worker] = process.argv.slice(2);

async function outcomeOf(setUp: () => Promise<unknown>): Promise<string> {
  try {
    await setUp();
    return 'set up';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What both ways of importing the module come to, and what listens afterwards. */
async function outcomesIn({ variables, options = {} }: DebuggedPlace): Promise<unknown> {
  Object.assign(process.env, variables);
  const rooms: ErrorModuleOptions = { handler: 'debug', debugger: options };
  const outcomes = [
    await outcomeOf(() => ErrorModule.forRoot(rooms)),
    await outcomeOf(() => ErrorModule.forRootAsync({ ...rooms, useFactory: () => ({}) })),
  ];
  for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
  return { outcomes, listening: process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap') };
}

if (worker === 'worker' && cluster.isPrimary) {
  cluster.fork();
} else {
  const outcomes: unknown[] = [];
  for (const place of JSON.parse(places) as DebuggedPlace[]) outcomes.push(await outcomesIn(place));
  console.log(JSON.stringify(outcomes));
  cluster.worker?.disconnect();
}
