import { createHash } from 'node:crypto';
import type { LogCursor } from './log-filters.js';

/** How many bytes of the digest go along. */
const DIGEST = 6;

/** Writes a cursor so that it can stand in an address. What it is made of is nobody’s affair but ours. */
export function writeCursor({ towards, from }: LogCursor): string {
  const content = JSON.stringify([towards === 'older' ? 0 : 1, from.created, from.id]);
  return Buffer.concat([digestOf(content), Buffer.from(content)]).toString('base64url');
}

/**
 * Reads a cursor; null for a text that is none of ours. The digest keeps nobody from making one, which would do no harm: it
 * is there to refuse what was cut short or edited, instead of showing an arbitrary page.
 */
export function readCursor(text: string): LogCursor | null {
  const bytes = Buffer.from(text, 'base64url');
  const content = bytes.subarray(DIGEST).toString();
  if (bytes.toString('base64url') !== text || !digestOf(content).equals(bytes.subarray(0, DIGEST))) return null;
  try {
    const [direction, created, id] = JSON.parse(content) as [unknown, unknown, unknown];
    const isPlace = typeof created === 'string' && Number.isSafeInteger(id);
    if (!isPlace || (direction !== 0 && direction !== 1)) return null;
    return { towards: direction === 0 ? 'older' : 'newer', from: { created, id: id as number } };
  } catch {
    return null;
  }
}

function digestOf(content: string): Buffer {
  return createHash('sha256').update(`logentry ${content}`).digest().subarray(0, DIGEST);
}
