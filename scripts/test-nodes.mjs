// Types the same into the consoles under each Node that is supported, and fails when what is read there differs. The other
// Nodes are the npm packages of their binaries, in a folder that is removed afterwards. Run it after `npm run compile`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, runNode, runNpm } from './tools.mjs';

const MAJORS = [20, 22, 24, 26];
const PROGRAM = join(ROOT, 'dist', 'test', 'support', 'console-transcript.js');
const ARTIFACTS = join(ROOT, 'artifacts');

const folder = mkdtempSync(join(tmpdir(), 'errata-nodes-'));
const transcripts = [];
const missing = [];
try {
  mkdirSync(ARTIFACTS, { recursive: true });
  for (const major of MAJORS) {
    const executable = await executableOf(major).catch((error) => {
      missing.push(`Node ${major} is not installed: ${firstLine(error)}`);
      return null;
    });
    if (executable === null) continue;
    const version = await run(executable, ['--version']);
    const text = `${await runNode([PROGRAM, executable])}\n`;
    const file = join(ARTIFACTS, `console-transcript-node-${major}.txt`);
    writeFileSync(file, text);
    transcripts.push({ version, text });
    console.log(
      `Node ${version}: ${text.split('\n').filter((line) => line.startsWith('> ')).length} inputs, in ${file}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const sentence of missing) console.log(sentence);
const [first, ...others] = transcripts;
const different = others.filter(({ text }) => text !== first.text);
for (const { version, text } of different) console.error(differenceOf(first, { version, text }));
if (others.length === 0) console.error('There is nothing to compare: only one Node ran.');
if (different.length > 0 || others.length === 0) process.exitCode = 1;
else console.log(`The transcripts of ${transcripts.map(({ version }) => version).join(', ')} are the same.`);

/** The Node that runs this, or else a binary from the registry: its package has no scripts, and none would be run. */
async function executableOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const place = join(folder, String(major));
  mkdirSync(place);
  const spec = `node-${platform}-${process.arch}@${major}`;
  const [{ filename }] = JSON.parse(
    await runNpm(['pack', spec, '--json', '--ignore-scripts', '--pack-destination', place], { cwd: place }),
  );
  await run('tar', ['-xzf', join(place, filename)], { cwd: place });
  return join(place, 'package', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function firstLine(error) {
  const lines = String(error.message).split('\n');
  return lines.find((line) => line.startsWith('npm error')) ?? lines[0];
}

function differenceOf(expected, given) {
  const [left, right] = [expected.text.split('\n'), given.text.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  const input = left.slice(0, at + 1).findLast((line) => line.startsWith('> '));
  return `${given.version} differs at ${input}\n  ${expected.version}: ${left[at]}\n  ${given.version}: ${right[at]}`;
}
