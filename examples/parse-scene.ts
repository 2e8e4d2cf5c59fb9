// A program that ends with the exit code of its error; judge-exit-code.sh asks the service what the code means.
// Run it: npm run compile && node dist/examples/parse-scene.js <file>
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { runProcess, ScaleError } from 'nestjs-errata';

/** What this program calls an error of its own; its job type maps the exit code to the same name. */
class BadInput extends ScaleError {
  constructor(private readonly file: string) {
    super(11, 'bad-input');
  }

  override getLogMessage(): string {
    return `${this.file} has no georeference.`;
  }
}

await runProcess(async () => {
  const [, , file = ''] = process.argv;
  // A file that is missing or forbidden is an error that is registered already, with exit code 4.
  const scene = JSON.parse(await readFile(file, 'utf8')) as { georeference?: string };
  if (scene.georeference === undefined) throw new BadInput(file);
  console.log(`${file} lies at ${scene.georeference}.`);
});
