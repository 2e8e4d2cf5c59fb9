import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const LOCK = 'lock';
/** Names the destination of what is in a directory. */
const DESTINATION = 'destination';
const SEGMENT = /^\d{15}-[\da-f]{8}-\d{8}\.log$/;

/** How often the owner of a directory says that it is alive, in milliseconds, and after what silence it is not. */
const HEARTBEAT = 10_000;
const SILENCE = 60_000;

/** The directories that this thread has, also those of another copy of the package. */
const OWN_KEY = Symbol.for('nestjs-errata.spoolDirectories');

interface Owner {
  readonly pid: number;
  readonly thread: number;
  readonly host: string;
  /** When the process was started, in the system's own terms, where it can be told: ids of processes are used again. */
  readonly started: string;
}

/**
 * A directory of the spool that one process has to itself. What processes have left behind that are gone is moved into it,
 * file by file: of two processes that find the same file, one has it.
 */
export class SpoolDirectory {
  readonly path: string;
  private readonly id = `${String(Date.now()).padStart(15, '0')}-${randomBytes(4).toString('hex')}`;
  private readonly heartbeat: NodeJS.Timeout;
  private segments = 0;

  /**
   * @param root the directory that all processes of the application share.
   * @param destination where what is in it has to go, in whatever words.
   * @throws Error when it cannot be made.
   */
  constructor(
    private readonly root: string,
    private readonly destination: string,
  ) {
    this.path = join(root, this.id);
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    ownDirectories().add(this.path);
    writeFileSync(join(this.path, DESTINATION), destination, { mode: 0o600 });
    writeFileSync(join(this.path, LOCK), JSON.stringify(thisProcess()), { mode: 0o600 });
    this.heartbeat = setInterval(() => this.touch(), HEARTBEAT).unref();
  }

  /**
   * Takes over what others left behind that has to go where ours goes.
   * @returns the paths of its segments, the oldest first, which lie in this directory now; and the directories of what has
   * to go elsewhere, which stay as they are.
   */
  adopt(): { readonly segments: string[]; readonly foreign: string[] } {
    const foreign: string[] = [];
    for (const name of readdirSync(this.root).sort()) {
      const directory = join(this.root, name);
      if (!/^\d{15}-[\da-f]{8}$/.test(name) || directory === this.path || !isOrphaned(directory)) continue;
      if ([null, this.destination].includes(destinationOf(directory))) this.empty(directory);
      else if (hasSegments(directory)) foreign.push(directory);
    }
    const names = readdirSync(this.path).filter((name) => SEGMENT.test(name));
    return { segments: names.sort().map((name) => join(this.path, name)), foreign };
  }

  /** The path of a new segment: in the order of their names, segments of all processes are in the order of time. */
  nextSegment(): string {
    return join(this.path, `${this.id}-${String(this.segments++).padStart(8, '0')}.log`);
  }

  /** Gives the directory up: another process takes what is in it. */
  release(): void {
    clearInterval(this.heartbeat);
    ownDirectories().delete(this.path);
    rmSync(join(this.path, LOCK), { force: true });
    removeUnneeded(this.path);
    removeEmpty(this.root);
  }

  private empty(directory: string): void {
    try {
      for (const name of readdirSync(directory)) {
        if (SEGMENT.test(name)) renameSync(join(directory, name), join(this.path, name));
      }
      rmSync(join(directory, LOCK), { force: true });
      removeUnneeded(directory);
    } catch {
      // Another process was faster, and has what was here.
    }
  }

  private touch(): void {
    try {
      const now = new Date();
      utimesSync(join(this.path, LOCK), now, now);
    } catch {
      // The disk is away: what is written next says so.
    }
  }
}

function isOrphaned(directory: string): boolean {
  if (ownDirectories().has(directory)) return false;
  const lock = join(directory, LOCK);
  try {
    if (!existsSync(lock)) return Date.now() - statSync(directory).mtimeMs > HEARTBEAT || hasSegments(directory);
    const { pid, thread, host, started } = JSON.parse(readFileSync(lock, 'utf8')) as Owner;
    const isSilent = Date.now() - statSync(lock).mtimeMs > SILENCE;
    // Whether a process of another machine lives can be told by its heartbeat alone, and so it is with a thread.
    if (host !== hostname()) return isSilent;
    if (!isAlive(pid) || startOf(pid) !== started) return true;
    return pid === process.pid && (thread === threadId || isSilent);
  } catch {
    // A lock that is not whole is one that is being written, or was when its process came to its end.
    return existsSync(lock) && Date.now() - statSync(lock).mtimeMs > HEARTBEAT;
  }
}

function hasSegments(directory: string): boolean {
  return readdirSync(directory).some((name) => SEGMENT.test(name));
}

/**
 * Null for a directory that does not say: its process came to its end before it could, or a power cut took what it had said,
 * of which nothing or zeros are left.
 */
function destinationOf(directory: string): string | null {
  try {
    return readFileSync(join(directory, DESTINATION), 'utf8').replaceAll('\0', '') || null;
  } catch {
    return null;
  }
}

function thisProcess(): Owner {
  return { pid: process.pid, thread: threadId, host: hostname(), started: startOf(process.pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

/** The 22nd field of Linux's /proc/<pid>/stat; empty where there is no such file. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Removes a directory that holds no records for the next one. */
function removeUnneeded(directory: string): void {
  try {
    if (hasSegments(directory)) return;
    rmSync(join(directory, DESTINATION), { force: true });
    rmdirSync(directory);
  } catch {
    // Somebody has put something of his own there, or has removed it.
  }
}

function removeEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It holds records for the next one.
  }
}

function ownDirectories(): Set<string> {
  const holder = globalThis as unknown as Record<symbol, Set<string> | undefined>;
  return (holder[OWN_KEY] ??= new Set());
}
