// A program whose exit code says what went wrong. Run it: npm run compile && node dist/examples/nightly-report.js report.csv; echo $?
import { readFile, writeFile } from 'node:fs/promises';
import { RegisteredError, runProcess, ScaleError, type ScaleErrorOptions } from 'nestjs-errata';

/** Thrown by a parser that knows nothing of exit codes. */
class CsvError extends Error {}

/** What its failures mean to whoever runs the program: exit code 40, the error `bad-report` of the catalogue. */
@RegisteredError()
export class BadReport extends ScaleError {
  constructor({ cause }: ScaleErrorOptions = {}) {
    super(40, 'bad-report', { wrappedEx: 'CsvError', cause });
  }

  override getLogMessage(): string {
    return `The report cannot be used: ${this.cause instanceof Error ? this.cause.message : 'nobody knows why'}`;
  }
}

function sumOf(text: string): number {
  const numbers = text.split(/[\n,]/).filter((cell) => cell !== '');
  const wrong = numbers.find((cell) => Number.isNaN(Number(cell)));
  if (wrong !== undefined) throw new CsvError(`“${wrong}” is no number.`);
  return numbers.reduce((sum, cell) => sum + Number(cell), 0);
}

await runProcess(
  async (signal) => {
    const [path = 'report.csv', target] = process.argv.slice(2);
    const sum = sumOf(await readFile(path, { encoding: 'utf8', signal }));
    if (target === undefined) console.log(`The sum is ${sum}.`);
    else await writeFile(target, String(sum), { signal });
  },
  { beforeExit: () => console.log('Everything is closed.') },
);
