/** What a conditional request names: any version, or these entity tags, quotes and all (RFC 9110, section 13.1). */
type EntityTags = '*' | readonly string[];

/** The entity tag of a version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** Whether `If-None-Match` names the tag; weak tags match too (RFC 9110, section 13.1.2). */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = readTags(header);
  return tags === '*' || tags.some((candidate) => candidate.replace(/^W\//, '') === tag);
}

/**
 * The versions that `If-Match` allows, null for any. Weak tags and tags that are no version match nothing
 * (RFC 9110, section 13.1.1).
 */
export function allowedVersions(header: string | undefined): number[] | null {
  if (header === undefined) return null;
  const tags = readTags(header);
  if (tags === '*') return null;
  const versions = tags.flatMap((tag) => (/^"[1-9]\d{0,8}"$/.test(tag) ? [Number(tag.slice(1, -1))] : []));
  // A list that can match nothing still has to be compared, and no version is 0.
  return versions.length > 0 ? versions : [0];
}

function readTags(header: string): EntityTags {
  if (header.trim() === '*') return '*';
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
