import type { ValuePreview } from './value-preview.js';

const MAX_LOCALS = 100;

/** The variables of a call by name, the innermost of a name, and its `this`, each shown as a text. */
export function localsIn(scopes: readonly object[], self: unknown, preview: ValuePreview): Record<string, string> {
  const locals: [string, string][] = [];
  const seen = new Set<string>();
  let more = 0;
  for (const scope of scopes) {
    for (const name of Object.keys(scope)) {
      if (seen.has(name)) continue;
      seen.add(name);
      if (locals.length >= MAX_LOCALS) more++;
      else locals.push([name, preview.ofNamed(name, Reflect.getOwnPropertyDescriptor(scope, name)?.value)]);
    }
  }
  if (self !== undefined && self !== globalThis) locals.push(['this', preview.of(self)]);
  if (more > 0) locals.push(['…', `${more} more`]);
  return Object.fromEntries(locals);
}
