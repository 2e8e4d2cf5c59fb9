import { type FileHandle, open } from 'node:fs/promises';
import type { FinishedRecord } from '../records/log-record.js';
import { frameAt } from './spool-frames.js';

/** How much is read at once, in bytes. */
const CHUNK = 262_144;

/** Reads a segment of the spool from its start. */
export class SpoolReader {
  private file: FileHandle | undefined;
  private chunk: Buffer = Buffer.alloc(0);
  private start = 0;
  private read = 0;

  /** How many bytes of the segment were given out as records. */
  get position(): number {
    return this.read - this.chunk.length + this.start;
  }

  constructor(readonly path: string) {}

  /**
   * The next record and the bytes that it takes up; null at the end.
   * @param end how many bytes of the segment are written.
   * @throws DamagedSegment for what is no record: what comes after it cannot be found.
   */
  async next(end: number): Promise<SpooledRecord | null> {
    for (;;) {
      const found = frameAt(this.chunk, this.start);
      if (found === 'damaged') throw new DamagedSegment();
      if ('record' in found) {
        this.start += found.bytes;
        return found;
      }
      if (this.read >= end) {
        if (this.start === this.chunk.length) return null;
        throw new DamagedSegment();
      }
      await this.readOn(found.needs, end);
    }
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = undefined;
  }

  private async readOn(needed: number, end: number): Promise<void> {
    const rest = this.chunk.subarray(this.start);
    const size = Math.min(Math.max(CHUNK, needed - rest.length), end - this.read);
    const chunk = Buffer.allocUnsafe(rest.length + size);
    rest.copy(chunk);
    this.file ??= await open(this.path, 'r');
    const { bytesRead } = await this.file.read(chunk, rest.length, size, this.read);
    if (bytesRead === 0) throw new DamagedSegment();
    this.chunk = chunk.subarray(0, rest.length + bytesRead);
    this.start = 0;
    this.read += bytesRead;
  }
}

export interface SpooledRecord {
  readonly record: FinishedRecord;
  readonly bytes: number;
}

/** The rest of a segment is no records: its end was torn while it was written, or the disk has lost it. */
export class DamagedSegment extends Error {
  override readonly name = 'DamagedSegment';
}
