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
 * Reads what was reported of an exception. What was thrown in this process is described as another would report it. Never
 * throws: whatever defends itself against being looked at is not there.
 */
export function describeException(exception: unknown): ReportedException {
  if (typeof exception === 'function') return { name: '' };
  if (!isObject(exception)) return { name: String(exception) };
  const [first = { name: '' }, ...others] = chainOf(exception);
  return { ...first, causes: isThrown(exception) ? others.map(({ name }) => name) : reportedCauses(exception) };
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
  return types.isNativeError(exception) || (attempt(() => exception instanceof Error) ?? false);
}

function reportedCauses(exception: object): string[] {
  const causes = read(exception, 'causes');
  const names = attempt(() => (Array.isArray(causes) ? (causes.slice(0, MAX_CAUSES) as unknown[]) : [])) ?? [];
  return names.filter((name) => typeof name === 'string');
}

function chainOf(exception: unknown): ReportedException[] {
  const chain: ReportedException[] = [];
  for (let current = exception; isObject(current) && chain.length < MAX_CAUSES; current = read(current, 'cause')) {
    const [name, message, code] = [read(current, 'name'), read(current, 'message'), read(current, 'code')];
    chain.push({
      name: typeof name === 'string' ? name : '',
      ...(typeof message === 'string' ? { message } : {}),
      ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    });
  }
  return chain;
}

function read(object: object, property: string): unknown {
  return attempt(() => (object as Record<string, unknown>)[property]);
}

function attempt<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
