// A program that writes more than a pipe holds, and ends.
import 'reflect-metadata';
import { runProcess, ScaleError } from '../../src/index.js';

const MUCH = `${'x'.repeat(3_000_000)}END\n`;

class LongStory extends ScaleError {
  constructor() {
    super(30, 'long-story');
  }
  override getLogMessage(): string {
    return MUCH.trim();
  }
}

/** What the program writes, and where to. */
export type OutputWay = keyof typeof MAINS;

const MAINS = {
  'to-stdout': () => void process.stdout.write(MUCH),
  'to-stderr': () => void process.stderr.write(MUCH),
  'to-both': () => {
    process.stdout.write(MUCH);
    process.stderr.write(MUCH);
  },
  fails: () => {
    process.stdout.write(MUCH);
    throw new LongStory();
  },
  /** Writes when it is asked to stop. */
  'once-told': async (signal: AbortSignal) => {
    process.stdout.write('ready\n');
    await new Promise((resolve) => {
      const timer = setInterval(() => {}, 1_000);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        resolve(undefined);
      });
    });
    MAINS['to-both']();
  },
} satisfies Record<string, (signal: AbortSignal) => unknown>;

const main = MAINS[process.argv[2] as OutputWay] as (signal: AbortSignal) => unknown;
await runProcess(main);
