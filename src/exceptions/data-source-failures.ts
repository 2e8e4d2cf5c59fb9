const MARKS = Symbol.for('nestjs-errata.dataSourceFailures');

/** Errors that a DataSource gave when it was asked for a connection. One set for all copies of the package. */
const marks = ((globalThis as { [MARKS]?: WeakSet<object> })[MARKS] ??= new WeakSet());

/** Whether a DataSource that is watched gave the error when it was asked for a connection. */
export function isFromDataSource(error: unknown): boolean {
  return typeof error === 'object' && error !== null && marks.has(error);
}

/** Tells that a DataSource gave an error when it was asked for a connection. */
export function markAsFromDataSource(error: unknown): void {
  if (typeof error === 'object' && error !== null) marks.add(error);
}
