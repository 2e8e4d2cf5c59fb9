import type { HttpError } from '../exceptions/http-error.js';

/** How much the log says of what went wrong before it says where, in characters. */
const MAX_SAID = 1_000;

/** Where the heading of an error ends, as an `ExceptionInfo` writes it: at its calls, or at the errors it holds. */
const END_OF_HEADING = /\n(?: {4}at | {2}\[1 of )/;
const NEXT_CAUSE = '\nCaused by: ';

/**
 * What a log is searched for: what went wrong, and then where. It is taken from the stack as it is logged, so that
 * whatever a handler keeps out of that stays out of this.
 * @param answered the error that was made for clients, where the stack is not that of something else thrown.
 */
export function reportMessage(stacktrace: string, where: string, answered?: HttpError): string {
  const headings = stacktrace.split(NEXT_CAUSE).map(headingOf);
  return `${cut(answered === undefined ? chain(headings) : chain(withSaid(headings, answered)))} — ${where}`;
}

/** What an error says to the client, which is what its developer wrote. */
export function saidBy({ message, detail }: Pick<HttpError, 'message' | 'detail'>): string {
  return typeof detail === 'string' ? `${message}: ${detail.slice(0, MAX_SAID)}` : message;
}

/** The stack may be that of the cause alone, and has no details. */
function withSaid(headings: readonly string[], { name, message, detail }: HttpError): readonly string[] {
  const own = `${name}: ${message}`;
  const said = `${name}: ${saidBy({ message, detail })}`;
  return [said, ...(headings[0] === own ? headings.slice(1) : headings)];
}

function chain(headings: readonly string[]): string {
  return headings.join('; caused by ');
}

function headingOf(trace: string): string {
  const end = trace.search(END_OF_HEADING);
  return (end === -1 ? trace : trace.slice(0, end)).trim();
}

function cut(text: string): string {
  return text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text;
}
