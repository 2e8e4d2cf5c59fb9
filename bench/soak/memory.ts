import { residentMegabytes } from '../child-processes.js';
import { median } from '../statistics.js';

/** How long the caches take to fill and the heap to find its size under load, in milliseconds. */
export const WARM_UP = 15_000;
const INTERVAL = 1_000;

/** How much the last third may hold more than the first. */
const FLAT = 1.25;

/** The memory of a process, looked at each second once it is warm. */
export class MemoryWatch {
  private readonly samples: number[] = [];
  private readonly begun = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.timer = setInterval(() => {
      if (performance.now() - this.begun > WARM_UP) this.samples.push(residentMegabytes(pid));
    }, INTERVAL);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** What the first and the last third of the time took, in MB, and whether that counts as flat. */
  verdict(): { readonly first: number; readonly last: number; readonly isFlat: boolean } {
    const third = Math.max(1, Math.floor(this.samples.length / 3));
    const first = median(this.samples.slice(0, third));
    const last = median(this.samples.slice(-third));
    return { first, last, isFlat: last <= first * FLAT };
  }
}
