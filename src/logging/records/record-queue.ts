import type { TakenRecord } from './taken-record.js';

/** How many records that are gone may still be in the list before it is shortened. */
const SLACK = 4_096;

/** Records that wait in memory, the first to come first. */
export class RecordQueue {
  private records: TakenRecord[] = [];
  private start = 0;
  private waiting = 0;
  private taken = 0;

  get length(): number {
    return this.records.length - this.start;
  }

  /** What the records take up, in bytes. */
  get bytes(): number {
    return this.waiting;
  }

  /** How many records were ever taken out for good: the number of the first that waits. */
  get first(): number {
    return this.taken;
  }

  push(record: TakenRecord): void {
    this.records.push(record);
    this.waiting += record.bytes;
  }

  /** The first records, up to a number and a size; always one if there is one. They stay where they are. */
  peek(most: number, bytes: number): TakenRecord[] {
    let end = this.start;
    let size = 0;
    while (end < this.records.length && end - this.start < most) {
      size += this.records[end]?.bytes ?? 0;
      if (size > bytes && end > this.start) break;
      end++;
    }
    return this.records.slice(this.start, end);
  }

  /** Takes the first records out. */
  drop(count: number): void {
    const end = Math.min(this.start + count, this.records.length);
    this.taken += end - this.start;
    for (; this.start < end; this.start++) this.waiting -= this.records[this.start]?.bytes ?? 0;
    if (this.start === this.records.length) this.records = [];
    else if (this.start > SLACK) this.records = this.records.slice(this.start);
    else return;
    this.start = 0;
  }
}
