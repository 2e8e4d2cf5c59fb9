import { lookup, Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** How long the name of an address is waited for, in milliseconds. */
const PATIENCE = 1_000;

/** Who is asked for names. */
export interface NameResolver {
  /** The table of hosts, as text. */
  hosts(): Promise<string>;
  lookup(name: string): Promise<{ readonly address: string }>;
  reverse(address: string): Promise<readonly string[]>;
}

/**
 * The full name of a machine, with its domain: as the table of hosts has it, or what the machine's address is called where
 * the table does not have the machine. The name as it is, where no more is known; it never throws.
 */
export async function fullName(name: string, resolver: NameResolver): Promise<string> {
  if (isFull(name)) return name;
  try {
    const names = namesIn(await resolver.hosts(), name) ?? (await namesOf(name, resolver));
    return names.find(isFull) ?? name;
  } catch {
    return name;
  }
}

/** What a machine of this name is called besides, or null where the table does not have it. */
function namesIn(table: string, name: string): readonly string[] | null {
  const lines = table.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  const found = lines.filter((names) => names.includes(name)).flat();
  return found.length === 0 ? null : found;
}

async function namesOf(name: string, resolver: NameResolver): Promise<readonly string[]> {
  const { address } = await resolver.lookup(name);
  return resolver.reverse(address);
}

/** What the loopback address is called says nothing of the machine. */
function isFull(name: string): boolean {
  return /^[^.]+\.[^.]/.test(name) && !/^(localhost\.|[\d.]+$)/i.test(name);
}

/** `lookupService` would do both in one, and keep a process that is to end waiting for a name server that is away. */
const SYSTEM: NameResolver = {
  hosts: () => readFile('/etc/hosts', 'utf8').catch(() => ''),
  lookup: (name) => lookup(name),
  reverse: (address) => new Resolver({ timeout: PATIENCE, tries: 1 }).reverse(address),
};

let asked: Promise<string> | undefined;

/** The full name of this machine. It is asked for once in a process. */
export function machineName(): Promise<string> {
  return (asked ??= fullName(hostname(), SYSTEM));
}
