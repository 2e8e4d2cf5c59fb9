import { unstorableProblem } from '../database/storable-text.js';
import type { FieldError } from '../exceptions/field-error.js';
import { readInstant } from './instant.js';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1_000;

/** What a parameter comes to that cannot be read. */
export interface Unreadable {
  /** A sentence that says why, and what to write instead. */
  readonly problem: string;
}

/**
 * Reads the parameters of a list. Of a repeated one the last counts, unless it is read with {@link readAll}; unknown ones are
 * ignored. What cannot be read is undefined, and told of in {@link problems}.
 */
export class QueryReader {
  readonly problems: FieldError[] = [];
  private readonly given: URLSearchParams;

  /** @param search the query string, without the question mark. */
  constructor(search: string) {
    const problem = unreadableProblem(search);
    if (problem !== null) this.problems.push({ detail: problem });
    this.given = new URLSearchParams(problem === null ? search : '');
  }

  last(parameter: string): string | undefined {
    return this.given.getAll(parameter).at(-1);
  }

  /** What a column shall be equal to; an empty text is no filter. */
  equal(parameter: string): string | undefined {
    return this.last(parameter) || undefined;
  }

  read<Value>(parameter: string, reader: (text: string) => Value | Unreadable): Value | undefined {
    const text = this.last(parameter);
    return text === undefined ? undefined : this.readText(parameter, text, reader);
  }

  readAll<Value>(parameter: string, reader: (text: string) => Value | Unreadable): Value[] {
    return this.given.getAll(parameter).flatMap((text) => this.readText(parameter, text, reader) ?? []);
  }

  /** The points in time between which something has to lie, both of them included. */
  period(now: Date): { readonly started: Date | undefined; readonly ended: Date | undefined } {
    const started = this.read('started', (text) => readInstant(text, now));
    const ended = this.read('ended', (text) => readInstant(text, now));
    if (started && ended && started > ended) {
      const detail = 'This is after “ended”, so nothing can lie between. Swap them.';
      this.problems.push({ parameter: 'started', detail });
    }
    return { started, ended };
  }

  /** How many entries a page holds. */
  pageSize(): number {
    return this.read('page_size', readPageSize) ?? DEFAULT_PAGE_SIZE;
  }

  private readText<Value>(
    parameter: string,
    text: string,
    reader: (text: string) => Value | Unreadable,
  ): Value | undefined {
    const value = reader(text);
    if (!isUnreadable(value)) return value;
    this.problems.push({ parameter, detail: value.problem });
    return undefined;
  }
}

function isUnreadable(value: unknown): value is Unreadable {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** What is sent in an encoding that is none would otherwise be read as something else, or refused by the database. */
function unreadableProblem(search: string): string | null {
  try {
    const problem = unstorableProblem(decodeURIComponent(search));
    return problem === null ? null : `The query string cannot be used. ${problem}`;
  } catch {
    return 'The query string contains an escape that is no UTF-8. Percent-encode the text as UTF-8.';
  }
}

function readPageSize(text: string): number | Unreadable {
  const size = /^\d+$/.test(text) ? Number(text) : 0;
  if (size > 0) return Math.min(size, MAX_PAGE_SIZE);
  const problem = `“${text}” is no positive integer. Give how many entries a page shall hold, from 1 to ${MAX_PAGE_SIZE}.`;
  return { problem };
}
