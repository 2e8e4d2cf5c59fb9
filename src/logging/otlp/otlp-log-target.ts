import type { FinishedRecord } from '../records/log-record.js';
import { type LogTarget, RecordsRefused, TargetAway } from '../delivery/log-target.js';
import { loadOtlpPackages, type OtlpExporter } from './otlp-packages.js';
import { toOtlpRecord } from './otlp-records.js';

/** What a receiver answers to records that it will never take: malformed, too large, not understood. */
const REFUSALS = new Set([400, 413, 422]);

/** How many machines are remembered: almost always there is one. */
const MAX_HOSTS = 1_000;

/** Where and how records are sent as OpenTelemetry logs. */
export interface OtlpOptions {
  /**
   * Where logs are received.
   * @default what `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT` or `OTEL_EXPORTER_OTLP_ENDPOINT` say, else `http://localhost:4318/v1/logs`
   */
  url?: string;
  /** Headers of every request, such as `{ Authorization: 'Bearer …' }`. */
  headers?: Record<string, string>;
  /** How long a batch may take, in milliseconds. @default 10_000 */
  timeout?: number;
  /** Whether requests are compressed. @default 'none' */
  compression?: 'gzip' | 'none';
  /** What describes the application, such as `{ 'service.name': 'jobs' }`. */
  resource?: Readonly<Record<string, string>>;
  /** An exporter of the official SDK to use instead, such as the one for protobuf; it is shut down with the log. */
  exporter?: OtlpExporter;
}

/** Sends records as OpenTelemetry logs over OTLP/HTTP, by the exporter of the official SDK. */
export class OtlpLogTarget implements LogTarget {
  private readonly resources = new Map<string, unknown>();

  private constructor(
    private readonly exporter: OtlpExporter,
    private readonly resourceFor: (attributes: Readonly<Record<string, string>>) => unknown,
    private readonly described: Readonly<Record<string, string>>,
  ) {}

  /** @throws Error when OpenTelemetry's SDK is not installed. */
  static async open(options: OtlpOptions = {}): Promise<OtlpLogTarget> {
    const { exporter, url, headers, timeout, compression, resource = {} } = options;
    const packages = await loadOtlpPackages();
    const given = { url, headers, timeoutMillis: timeout, compression };
    const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return new OtlpLogTarget(exporter ?? packages.exporter(settings), (known) => packages.resource(known), resource);
  }

  /** Resolves when the receiver has answered that it took all of them. */
  store(records: readonly FinishedRecord[]): Promise<void> {
    const sent = records.map((record) => toOtlpRecord(record, (host) => this.resourceOf(host)));
    return new Promise((resolve, reject) => {
      // ExportResultCode.SUCCESS is 0.
      this.exporter.export(sent as never[], ({ code, error }) => {
        if (code === 0) resolve();
        else reject(failure(error));
      });
    });
  }

  close(): Promise<void> {
    return this.exporter.shutdown();
  }

  /** The same object for a host each time: exporters group by it. */
  private resourceOf(host: string): unknown {
    const known = this.resources.get(host);
    if (known !== undefined) return known;
    if (this.resources.size >= MAX_HOSTS) this.resources.clear();
    const made = this.resourceFor({ ...this.described, ...(host === '' ? {} : { 'host.name': host }) });
    this.resources.set(host, made);
    return made;
  }
}

/** A receiver that refuses us, or is not there, is to be tried again: only what it says of the records is their fault. */
function failure(error: Error | undefined): Error {
  const { code } = (error ?? {}) as { code?: unknown };
  const reason = `${error?.message ?? 'no reason was given'}${typeof code === 'number' ? ` (${code})` : ''}`;
  return REFUSALS.has(code as number)
    ? new RecordsRefused(`The OTLP receiver refuses the records: ${reason}`, { cause: error })
    : new TargetAway(`The OTLP receiver cannot take records at present: ${reason}`, { cause: error });
}
