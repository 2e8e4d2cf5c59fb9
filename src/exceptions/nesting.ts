/**
 * Names the members of a body that are nested deeper than a number of levels: whoever walks such a body by calls within calls
 * runs out of stack. This does not, and looks no further than it has to.
 * @param limit the most levels that a member may have; an array or an object is one, and each inside it is another.
 */
export function deepMembers(body: unknown, limit: number): string[] {
  if (!isTree(body)) return [];
  return Object.entries(body).flatMap(([member, value]) => (isDeeper(value, limit) ? [member] : []));
}

/** What is said of a member that is nested deeper. */
export function deeperThan(limit: number): string {
  return `This is nested deeper than ${limit} levels, further than it can be read. Send it with fewer levels.`;
}

function isDeeper(value: unknown, limit: number): boolean {
  const seen = new Set<object>();
  let level = [value].filter(isTree);
  for (let depth = 0; depth < limit && level.length > 0; depth++) {
    level = level
      .flatMap((tree) => Object.values(tree) as unknown[])
      .filter((inner) => isTree(inner) && !seen.has(inner)) as object[];
    for (const tree of level) seen.add(tree);
  }
  return level.length > 0;
}

/** What JSON makes trees of: files, dates and other objects have no levels. */
function isTree(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
