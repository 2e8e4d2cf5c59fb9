import type { FinishedRecord } from '../records/log-record.js';
import { severityNumberOf } from './otlp-severity.js';

/** A log record as the official exporters take it (`ReadableLogRecord`). */
export interface OtlpRecord {
  readonly hrTime: [seconds: number, nanoseconds: number];
  readonly hrTimeObserved: [seconds: number, nanoseconds: number];
  readonly severityNumber: number | undefined;
  readonly severityText: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly droppedAttributesCount: number;
  readonly resource: unknown;
  readonly instrumentationScope: { readonly name: string };
  readonly spanContext: { readonly traceId: string; readonly spanId: string; readonly traceFlags: number } | undefined;
}

/** One object for all records: exporters group by it. */
const SCOPE = { name: 'nestjs-errata' };

/** A trace id as W3C Trace Context has it; all zeros are none. */
const TRACE_ID = /^(?!0{32}$)[\da-f]{32}$/i;

/**
 * Makes what OpenTelemetry calls a log record. Attributes are called by the semantic conventions where those have a name:
 * `log.record.uid` lets a receiver tell a record that it is sent twice.
 */
export function toOtlpRecord(record: FinishedRecord, resourceOf: (host: string) => unknown): OtlpRecord {
  const { created, level, message, traceId } = record;
  const time: [number, number] = [Math.floor(created / 1000), Math.round((((created % 1000) + 1000) % 1000) * 1e6)];
  const isTrace = traceId !== null && TRACE_ID.test(traceId);
  const attributes = {
    'log.record.uid': record.recordId,
    'exception.stacktrace': record.stacktrace,
    'errata.error.id': record.errorId,
    'errata.request.id': record.requestId,
    'errata.trace.id': isTrace ? null : traceId,
    'errata.context': record.context === null ? null : (JSON.parse(record.context) as unknown),
  };
  return {
    hrTime: time,
    hrTimeObserved: time,
    severityNumber: severityNumberOf(level),
    severityText: level,
    body: message,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null)),
    droppedAttributesCount: 0,
    resource: resourceOf(record.host),
    instrumentationScope: SCOPE,
    // A record knows its trace, not the span in it.
    spanContext: isTrace ? { traceId: traceId.toLowerCase(), spanId: '', traceFlags: 0 } : undefined,
  };
}
