import { LRUCache } from 'lru-cache';

export interface FreshCacheOptions {
  /** The most entries that are kept. */
  readonly max: number;
  /** How long a value may be served, in milliseconds, counted from the moment its load began. */
  readonly maxAge: number;
  /** How long it may be served that there is no such value, in milliseconds. */
  readonly maxAbsence: number;
}

/**
 * A bounded cache that is never older than the writes it is told of.
 *
 * Simultaneous loads of one key are one load. A load that a write overtakes still answers those who asked before the write,
 * but is neither kept nor shared with those who ask after it.
 */
export class FreshCache<Key extends string | number, Value> {
  private readonly entries: LRUCache<Key, { readonly value: Value | null }>;
  private readonly loads = new Map<Key, Promise<Value | null>>();

  constructor(private readonly options: FreshCacheOptions) {
    this.entries = new LRUCache({ max: options.max, ttl: options.maxAge, ttlResolution: 0 });
  }

  /** The kept value, null when its absence is known, undefined when nothing is known. */
  peek(key: Key): Value | null | undefined {
    return this.entries.get(key)?.value;
  }

  /** Gives the kept value or loads it; null says that there is none. A load that fails rejects and is not kept. */
  async fetch(key: Key, load: () => Promise<Value | null>): Promise<Value | null> {
    const entry = this.entries.get(key);
    if (entry !== undefined) return entry.value;
    const running = this.loads.get(key);
    if (running !== undefined) return running;

    const begun = performance.now();
    const loading = load().then(
      (value) => {
        if (this.finish(key, loading)) this.keep(key, value, begun);
        return value;
      },
      (error: unknown) => {
        this.finish(key, loading);
        throw error;
      },
    );
    this.loads.set(key, loading);
    return loading;
  }

  /** Tells of a write: what is kept and what is being loaded under the key gives way to the value. */
  set(key: Key, value: Value): void {
    this.loads.delete(key);
    this.keep(key, value, performance.now());
  }

  /** Tells of a write whose outcome is not at hand. */
  forget(key: Key): void {
    this.loads.delete(key);
    this.entries.delete(key);
  }

  clear(): void {
    this.loads.clear();
    this.entries.clear();
  }

  private finish(key: Key, loading: Promise<Value | null>): boolean {
    return this.loads.get(key) === loading && this.loads.delete(key);
  }

  private keep(key: Key, value: Value | null, start: number): void {
    const ttl = value === null ? this.options.maxAbsence : this.options.maxAge;
    this.entries.set(key, { value }, { ttl, start });
  }
}
