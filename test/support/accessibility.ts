import axe from 'axe-core';
import type { Frame } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What stands in anybody's way in a document, as axe-core finds it: rules, and the elements that break them. */
export async function violationsIn(frame: Frame): Promise<readonly (readonly [string, readonly string[]])[]> {
  if (!(await frame.evaluate<boolean>("'axe' in window"))) await frame.evaluate(`${axe.source};0`);
  // Of what breaks no rule it need not tell every element.
  const { violations } = await frame.evaluate<{ violations: Violation[] }>("axe.run({ resultTypes: ['violations'] })");
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
