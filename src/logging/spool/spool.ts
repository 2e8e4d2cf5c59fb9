import { existsSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { FinishedRecord } from '../records/log-record.js';
import { frameOf } from './spool-frames.js';
import { SpoolDirectory } from './spool-directory.js';
import { DamagedSegment, type SpooledRecord, SpoolReader } from './spool-reader.js';
import { SpoolWriter } from './spool-writer.js';

/** How large a segment grows before another one is begun, in bytes, or the tenth of a spool that is small. */
const SEGMENT = 8_388_608;

/** How much is written at once, in bytes: of what a full disk refuses, no more than this much is taken back. */
const PIECE = 65_536;

interface Segment {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Records on disk, the first to come first. What it has, it has until it is told to drop it. One caller at a time reads
 * and drops; anybody may append meanwhile.
 */
export class Spool {
  /** Claimed when it is needed. */
  private directory: SpoolDirectory | undefined;
  /** The segments that are no longer written to. */
  private readonly segments: Segment[] = [];
  private writer: SpoolWriter | undefined;
  private reader: SpoolReader | undefined;
  /** What was read of the first segment and is not dropped yet. */
  private readonly ahead: SpooledRecord[] = [];
  private readonly retiring = new Set<Promise<void>>();
  private readonly segmentBytes: number;
  private size = 0;

  /**
   * Adopts what other processes left behind.
   * @param root a directory, made when there is something to spool.
   * @param maxBytes how much it takes up at most; what is found there may be more.
   * @param destination where its records go: only what has to go there is adopted.
   * @param tell is told what goes wrong.
   */
  constructor(
    private readonly root: string,
    private readonly maxBytes: number,
    private readonly destination: string,
    private readonly tell: (sentence: string) => void,
  ) {
    this.segmentBytes = Math.min(SEGMENT, Math.ceil(maxBytes / 10));
    if (existsSync(root)) this.adopt();
  }

  get isEmpty(): boolean {
    return this.ahead.length === 0 && this.segments.length === 0 && this.writer === undefined;
  }

  /** What it takes up on disk, in bytes. */
  get bytes(): number {
    return this.size;
  }

  /**
   * Writes records at the end.
   * @returns how many of them it took: the first ones, as far as there is room.
   */
  append(records: readonly FinishedRecord[]): number {
    let frames: Buffer[] = [];
    let bytes = 0;
    let done = 0;
    for (const record of records) {
      const frame = frameOf(record);
      if (this.size + bytes + frame.length > this.maxBytes) break;
      frames.push(frame);
      bytes += frame.length;
      if (bytes < PIECE) continue;
      if (!this.write(frames, bytes)) return done;
      done += frames.length;
      frames = [];
      bytes = 0;
    }
    return this.write(frames, bytes) ? done + frames.length : done;
  }

  /** The first records, up to a number and a size; always one if there is one. They stay where they are. */
  async peek(most: number, bytes: number): Promise<FinishedRecord[]> {
    const records: FinishedRecord[] = [];
    for (let size = 0; records.length < most;) {
      const next = this.ahead[records.length] ?? (await this.readAhead());
      size += next?.bytes ?? 0;
      if (next === undefined || (size > bytes && records.length > 0)) break;
      records.push(next.record);
    }
    return records;
  }

  /** Drops the first records. */
  async drop(count: number): Promise<void> {
    for (let left = count; left > 0; left--) {
      if (this.ahead.length === 0 && (await this.readAhead()) === undefined) break;
      this.ahead.shift();
    }
    // Reading on removes the segments that are done with.
    if (this.ahead.length === 0) await this.readAhead();
  }

  /** Resolves when all that was appended outlives a power cut. */
  async sync(): Promise<void> {
    await Promise.all([...this.retiring, this.writer?.sync()]);
  }

  /** Gives the directory up, with what is still in it. */
  async close(): Promise<void> {
    this.retire();
    await Promise.allSettled(this.retiring);
    await this.reader?.close();
    this.reader = undefined;
    this.directory?.release();
  }

  private adopt(): void {
    try {
      this.directory = new SpoolDirectory(this.root, this.destination);
      const { segments, foreign } = this.directory.adopt();
      for (const path of segments) this.segments.push({ path, bytes: statSync(path).size });
      if (foreign.length > 0) this.tell(foreignRecords(foreign));
      this.size = this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    } catch (error) {
      this.tell(`The spool in ${this.root} cannot be used: ${String(error)}.`);
    }
  }

  private write(frames: readonly Buffer[], bytes: number): boolean {
    if (frames.length === 0) return true;
    try {
      const { writer } = this;
      if (writer !== undefined && (writer.isDamaged || writer.bytes + bytes > this.segmentBytes)) this.retire();
      this.directory ??= new SpoolDirectory(this.root, this.destination);
      this.writer ??= new SpoolWriter(this.directory.nextSegment());
      this.writer.append(Buffer.concat(frames, bytes));
    } catch (error) {
      this.tell(`The spool cannot be written: ${String(error)}.`);
      return false;
    }
    this.size += bytes;
    return true;
  }

  /** Writes no longer to the segment that is open. */
  private retire(): void {
    const { writer } = this;
    if (writer === undefined) return;
    this.writer = undefined;
    if (writer.bytes > 0) this.segments.push({ path: writer.path, bytes: writer.bytes });
    const retired = writer.sync().finally(() => {
      writer.close();
      if (writer.bytes === 0) rmSync(writer.path, { force: true });
      this.retiring.delete(retired);
    });
    this.retiring.add(retired);
    retired.catch((error: unknown) => this.tell(`The spool cannot be written: ${String(error)}.`));
  }

  /** Reads one more record; none when what follows lies in another segment, as long as records are ahead. */
  private async readAhead(): Promise<SpooledRecord | undefined> {
    for (;;) {
      const { writer } = this;
      const first = this.segments[0] ?? writer;
      if (first === undefined) return undefined;
      this.reader ??= new SpoolReader(first.path);
      const next = await this.readFrom(this.reader, first);
      if (next !== null && next !== 'damaged') {
        this.ahead.push(next);
        return next;
      }
      // Its records are still ahead, or more were written to it while it was read.
      if (this.ahead.length > 0) return undefined;
      if (next === null && first === writer && this.reader.position < writer.bytes) continue;
      if (this.writer === first) this.retire();
      await this.removeFirst();
    }
  }

  private async readFrom(reader: SpoolReader, { path, bytes }: Segment): Promise<SpooledRecord | null | 'damaged'> {
    try {
      return await reader.next(bytes);
    } catch (error) {
      if (!(error instanceof DamagedSegment)) throw error;
      this.tell(`The end of ${path} is no record: it was torn when it was written, and is passed over.`);
      return 'damaged';
    }
  }

  private async removeFirst(): Promise<void> {
    const first = this.segments.shift();
    const { reader } = this;
    this.reader = undefined;
    if (first === undefined) return;
    this.size -= first.bytes;
    await reader?.close();
    await rm(first.path, { force: true });
  }
}

function foreignRecords(directories: readonly string[]): string {
  return (
    `Spooled records of another database are left where they are: ${directories.join(', ')}. A process that writes to that ` +
    'one takes them over; where it is this one under another name, remove the file “destination” there.'
  );
}
