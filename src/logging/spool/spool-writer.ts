import { closeSync, fsync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/**
 * Appends to a segment of the spool. It writes at once: what it has written outlives the process, if not yet a power cut.
 */
export class SpoolWriter {
  private readonly file: number;
  private written = 0;
  private isTorn = false;
  private isSynced = true;
  private isClosed = false;

  constructor(readonly path: string) {
    this.file = openSync(path, 'ax', 0o600);
  }

  /** How many bytes of it are whole frames. */
  get bytes(): number {
    return this.written;
  }

  /** Whether it ends in what is no record, so that nothing can follow. */
  get isDamaged(): boolean {
    return this.isTorn;
  }

  /**
   * Writes whole frames or nothing.
   * @throws Error when the disk is full or fails.
   */
  append(frames: Buffer): void {
    this.isSynced = false;
    try {
      for (let done = 0; done < frames.length;) done += writeSync(this.file, frames, done);
    } catch (error) {
      // What was begun would be taken for the torn end of the segment, and hide what comes after it.
      this.isTorn = true;
      ftruncateSync(this.file, this.written);
      this.isTorn = false;
      throw error;
    }
    this.written += frames.length;
  }

  /** Resolves when what was written outlives a power cut. */
  async sync(): Promise<void> {
    if (this.isSynced || this.isClosed) return;
    this.isSynced = true;
    try {
      await sync(this.file);
      await syncDirectory(dirname(this.path));
    } catch (error) {
      this.isSynced = false;
      throw error;
    }
  }

  close(): void {
    if (!this.isClosed) closeSync(this.file);
    this.isClosed = true;
  }
}

/** A new file is found again after a power cut only once its directory is written, too; Windows knows no such thing. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    await sync(directory);
  } finally {
    closeSync(directory);
  }
}
