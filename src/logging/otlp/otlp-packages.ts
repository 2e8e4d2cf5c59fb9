/** What is used of the official SDK; its own types would be missed by hosts that do without it. */
export interface OtlpPackages {
  exporter(options: object): OtlpExporter;
  /** Describes who logs: what the SDK and `OTEL_RESOURCE_ATTRIBUTES` say, and what is given here. */
  resource(attributes: Readonly<Record<string, string>>): unknown;
}

/** An exporter of log records, as the official SDK has it for each protocol. */
export interface OtlpExporter {
  export(records: never[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

/**
 * Loads the official SDK, which only those need who send to a collector.
 * @throws Error when it is not installed.
 */
export async function loadOtlpPackages(): Promise<OtlpPackages> {
  try {
    const [{ OTLPLogExporter }, { defaultResource, detectResources, envDetector, resourceFromAttributes }] =
      await Promise.all([import('@opentelemetry/exporter-logs-otlp-http'), import('@opentelemetry/resources')]);
    const known = defaultResource().merge(detectResources({ detectors: [envDetector] }));
    return {
      exporter: (options) => new OTLPLogExporter(options),
      resource: (attributes) => known.merge(resourceFromAttributes(attributes)),
    };
  } catch (error) {
    throw new Error(
      `The log cannot be sent by OTLP, because OpenTelemetry’s SDK could not be loaded (${(error as Error).message}). ` +
        'Install it: npm install @opentelemetry/api @opentelemetry/exporter-logs-otlp-http @opentelemetry/resources',
      { cause: error },
    );
  }
}
