/** The severity numbers of OpenTelemetry’s log data model, for the names that levels go by here and elsewhere. */
const NUMBERS: Readonly<Record<string, number>> = {
  trace: 1,
  verbose: 1,
  silly: 1,
  debug: 5,
  info: 9,
  log: 9,
  information: 9,
  notice: 10,
  warn: 13,
  warning: 13,
  error: 17,
  critical: 18,
  alert: 19,
  fatal: 21,
  emergency: 21,
};

/** How severe a level is; undefined for a name that says nothing of it. */
export function severityNumberOf(level: string): number | undefined {
  return NUMBERS[level.toLowerCase()];
}
