import type { LogEntry } from '../table/log-entry.entity.js';
import { isoTime } from '../../rest/iso-time.js';
import type { Occurrences } from './log-filters.js';

/** An entry of the log on the wire. The fields stand in the order of the contract. */
export class LogEntryView {
  readonly id!: number;
  /** Null where another program wrote what is no time, which SQLite lets it do. */
  readonly created!: string | null;
  readonly level!: string;
  readonly host!: string;
  readonly message!: string;
  readonly stacktrace!: string | null;
  readonly error_id!: number | null;
  readonly request_id!: string | null;
  readonly trace_id!: string | null;
  readonly context!: unknown;
}

/** How often an error happened, on the wire. */
export interface OccurrencesView {
  readonly count: number;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly per_hour: readonly { readonly hour: string | null; readonly count: number }[];
}

/** Shows an entry as it goes over the wire. */
export function showLogEntry(entry: LogEntry): LogEntryView {
  return {
    id: entry.id,
    created: onWire(entry.created),
    level: entry.level,
    host: entry.host,
    message: entry.message,
    stacktrace: entry.stacktrace,
    error_id: entry.errorId,
    request_id: entry.requestId,
    trace_id: entry.traceId,
    context: entry.context,
  };
}

/** Shows how often an error happened as it goes over the wire. */
export function showOccurrences({ count, firstSeen, lastSeen, perHour }: Occurrences): OccurrencesView {
  return {
    count,
    first_seen: firstSeen && onWire(firstSeen),
    last_seen: lastSeen && onWire(lastSeen),
    per_hour: perHour.map((part) => ({ hour: onWire(part.hour), count: part.count })),
  };
}

function onWire(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : isoTime(date);
}
