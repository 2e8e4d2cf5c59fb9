import { LRUCache } from 'lru-cache';
import { negotiate } from './negotiate.js';
import type { Renderer } from './renderer.js';
import { textRenderer } from './text-renderer.js';

/** How many headers are remembered, and how long one may be: clients of one kind send one and the same. */
const MAX_HEADERS = 100;
const MAX_LENGTH = 1_000;

/** The choice among renderers. It remembers what the headers came to that it saw last. */
class Negotiation {
  private readonly mediaTypes: readonly string[];
  private readonly chosen = new LRUCache<string, Renderer>({ max: MAX_HEADERS });
  private last: { readonly accept: string; readonly renderer: Renderer } | undefined;

  constructor(readonly renderers: readonly Renderer[]) {
    this.mediaTypes = renderers.map(({ mediaType }) => mediaType);
  }

  choose(accept = ''): Renderer {
    if (this.last?.accept === accept) return this.last.renderer;
    const renderer = this.chosen.get(accept) ?? this.negotiated(accept);
    if (accept.length > MAX_LENGTH) return renderer;
    this.chosen.set(accept, renderer);
    this.last = { accept, renderer };
    return renderer;
  }

  private negotiated(accept: string): Renderer {
    const wanted = negotiate(accept, this.mediaTypes);
    return this.renderers.find(({ mediaType }) => mediaType === wanted) ?? textRenderer;
  }
}

const negotiations = new WeakMap<readonly Renderer[], Negotiation>();

/** The one of the renderers that {@link negotiate} chooses; the list has to stay what it is. */
export function negotiateAmong(renderers: readonly Renderer[], accept: string | undefined): Renderer {
  let negotiation = negotiations.get(renderers);
  if (negotiation === undefined) negotiations.set(renderers, (negotiation = new Negotiation(renderers)));
  return negotiation.choose(accept);
}
