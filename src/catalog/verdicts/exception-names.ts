import { types } from 'node:util';
import type { ReportedException } from './verdict.js';

/** How many causes are looked at: a chain may be endless. */
const MAX_CAUSES = 10;

/** TypeORM’s error for a statement, and the name that it is wrapped by. */
const OF_DATABASES = ['QueryFailedError', 'DatabaseError'];

/** An exception as the registry of errors looks at one. */
interface LikeError extends Omit<ReportedException, 'causes'> {
  /** Where TypeORM keeps what the driver threw: its code tells a lost connection from a wrong statement. */
  readonly driverError?: { readonly code: string; readonly sqlState?: string };
}

/**
 * Reads what was reported of an exception. What was thrown in this process is described as another would report it.
 */
export function describeException(exception: unknown): ReportedException {
  if (typeof exception === 'string') return { name: exception };
  const [first = { name: '' }, ...others] = chainOf(exception);
  if (!isThrown(exception)) return { ...first, causes: (exception as ReportedException).causes ?? [] };
  return { ...first, causes: others.map(({ name }) => name) };
}

/** The names that an exception may be known by, the likeliest first. */
export function namesOf({ name, code, causes = [] }: ReportedException): string[] {
  return [name, code ?? '', ...causes.slice(0, MAX_CAUSES)].filter(Boolean);
}

/** What the registry is asked for an exception, step by step: what was thrown, or its names in the order that they count. */
export function questionsOf(exception: unknown, described: ReportedException): unknown[] {
  if (isThrown(exception)) return [exception];
  const { name, message, code } = described;
  const isOfDatabase = OF_DATABASES.includes(name) && code !== undefined;
  return [...(isOfDatabase ? [likeThrown(name, code, message)] : []), ...namesOf(described)];
}

function likeThrown(name: string, code: string, message = ''): LikeError {
  const state = /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? { sqlState: code } : {};
  return { name, message, code, driverError: { code, ...state } };
}

function isThrown(exception: unknown): exception is Error {
  return exception instanceof Error || types.isNativeError(exception);
}

function chainOf(exception: unknown): ReportedException[] {
  const chain: ReportedException[] = [];
  for (let current = exception; isObject(current) && chain.length < MAX_CAUSES; current = current['cause']) {
    const { name, message, code } = current;
    chain.push({
      name: typeof name === 'string' ? name : '',
      ...(typeof message === 'string' ? { message } : {}),
      ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    });
  }
  return chain;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
