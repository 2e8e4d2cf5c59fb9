import { destination } from 'pino';

/** How long a line may wait in memory, in milliseconds, and how many characters of lines. */
const FLUSH_INTERVAL = 500;
const BUFFER = 16_384;

/** How many bytes may wait for a reader that is slow; what comes then is dropped. */
const MAX_WAITING = 16_777_216;

/** Gathers lines, since handing each one on by itself costs more than making it. */
export class LogLines {
  private lines = '';
  private readonly output = destination({ fd: process.stdout.fd, sync: false, maxLength: MAX_WAITING });

  constructor() {
    setInterval(() => this.flush(), FLUSH_INTERVAL).unref();
    process.on('exit', () => {
      this.flush();
      try {
        this.output.flushSync();
      } catch {
        // Standard output was closed before it was ever opened: there is nobody to write to.
      }
    });
  }

  write(line: string): void {
    this.lines += line;
    if (this.lines.length >= BUFFER) this.flush();
  }

  private flush(): void {
    if (this.lines === '') return;
    this.output.write(this.lines);
    this.lines = '';
  }
}

let opened: LogLines | undefined;

/** Standard output, opened when the first line is written to it. */
export function lines(): LogLines {
  return (opened ??= new LogLines());
}

let last = 0;
let text = '';

/** The time as ISO 8601: it changes a thousand times a second, and requests may come more often. */
export function timeNow(): string {
  const now = Date.now();
  if (now !== last) {
    last = now;
    text = new Date(now).toISOString();
  }
  return text;
}
