import { lookup, lookupService } from 'node:dns/promises';
import { hostname } from 'node:os';

/** What the system's resolver is asked, which also reads its table of hosts. */
export interface NameResolver {
  lookup(name: string): Promise<{ readonly address: string }>;
  lookupService(address: string, port: number): Promise<{ readonly hostname: string }>;
}

/**
 * The full name of a machine, with its domain, as far as the resolver knows one; the name as it is, where it does not.
 * @param resolver never throws here, whatever it does.
 */
export async function fullName(name: string, resolver: NameResolver): Promise<string> {
  if (isFull(name)) return name;
  try {
    const { address } = await resolver.lookup(name);
    const found = await resolver.lookupService(address, 0);
    return isFull(found.hostname) ? found.hostname : name;
  } catch {
    return name;
  }
}

/** What the loopback address is called says nothing of the machine. */
function isFull(name: string): boolean {
  return /^[^.]+\.[^.]/.test(name) && !/^(localhost\.|[\d.]+$)/i.test(name);
}

let asked: Promise<string> | undefined;

/** The full name of this machine. It is asked for once in a process. */
export function machineName(): Promise<string> {
  return (asked ??= fullName(hostname(), { lookup, lookupService }));
}
