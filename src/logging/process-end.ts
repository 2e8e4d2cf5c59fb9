/** Something that has records in memory. */
export interface Securable {
  secure(): void;
  flush(): Promise<void>;
}

const open = new Set<Securable>();

/** Has records brought to safety when the process comes to its end unasked. */
export function watchProcessEnd(securable: Securable): void {
  open.add(securable);
  if (open.size > 1) return;
  process.on('uncaughtExceptionMonitor', secureAll);
  process.on('exit', secureAll);
  process.on('beforeExit', flushAll);
}

export function unwatchProcessEnd(securable: Securable): void {
  if (!open.delete(securable) || open.size > 0) return;
  process.off('uncaughtExceptionMonitor', secureAll);
  process.off('exit', secureAll);
  process.off('beforeExit', flushAll);
}

/** Synchronous: the process may be gone the next moment. */
function secureAll(): void {
  for (const securable of open) securable.secure();
}

/** The process has nothing else to do, and stays until this is done. */
function flushAll(): void {
  for (const securable of open) securable.flush().catch(() => undefined);
}
