import { LRUCache } from 'lru-cache';
import { negotiate } from './negotiate.js';
import type { Renderer } from './renderer.js';

/** How many headers are remembered, and how long one may be: clients of one kind send one and the same. */
const MAX_HEADERS = 100;
const MAX_LENGTH = 1_000;

/** The choice among renderers. It remembers what the headers came to that it saw last. */
class Negotiation {
  private readonly mediaTypes: readonly string[];
  private readonly chosen = new LRUCache<string, string>({ max: MAX_HEADERS });
  private last: { readonly accept: string; readonly mediaType: string } | undefined;

  constructor(renderers: readonly Renderer[]) {
    this.mediaTypes = renderers.map(({ mediaType }) => mediaType);
  }

  choose(accept = ''): string {
    if (this.last?.accept === accept) return this.last.mediaType;
    const mediaType = this.chosen.get(accept) ?? negotiate(accept, this.mediaTypes);
    if (accept.length > MAX_LENGTH) return mediaType;
    this.chosen.set(accept, mediaType);
    this.last = { accept, mediaType };
    return mediaType;
  }
}

const negotiations = new WeakMap<readonly Renderer[], Negotiation>();

/** As {@link negotiate}, among renderers of which the list stays what it is. */
export function negotiateAmong(renderers: readonly Renderer[], accept: string | undefined): string {
  let negotiation = negotiations.get(renderers);
  if (negotiation === undefined) negotiations.set(renderers, (negotiation = new Negotiation(renderers)));
  return negotiation.choose(accept);
}
