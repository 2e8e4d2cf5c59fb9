import { afterAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathOf, SourceFiles } from '../../src/inspection/source-files.js';

const directory = mkdtempSync(join(tmpdir(), 'errata-sources-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let count = 0;

/** Writes files into a directory of their own, and gives its path. */
function write(files: Readonly<Record<string, string>>): string {
  const own = join(directory, String(++count));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  return own;
}

/** The first line of what runs is the third line of what was written, four columns further to the right. */
const mapOf = (more: object = {}): string =>
  JSON.stringify({ version: 3, sources: ['../src/a.ts'], names: [], mappings: 'AAEI', ...more });

const SOURCE = 'one\ntwo\nthree\n';
const RUNS = 'run();\n';

const dataUrl = (map: string, encoding: 'base64' | 'percent'): string =>
  encoding === 'base64'
    ? `data:application/json;charset=utf-8;base64,${Buffer.from(map).toString('base64')}`
    : `data:application/json,${encodeURIComponent(map)}`;

const originOf = (own: string, name = 'dist/a.js'): object =>
  new SourceFiles().origin({ file: join(own, name), line: 1, column: 1 });

describe('A place in what runs leads to what was written', () => {
  test.each([
    ['by a map in a file', 'a.js.map'],
    ['by a map whose name is encoded', 'a%2Ejs.map'],
    ['by a map within, in base64', dataUrl(mapOf(), 'base64')],
    ['by a map within, percent-encoded', dataUrl(mapOf(), 'percent')],
  ])('%s', (_name, address) => {
    const own = write({
      'dist/a.js': `${RUNS}//# sourceMappingURL=${address}\n`,
      'dist/a.js.map': mapOf(),
      'src/a.ts': SOURCE,
    });
    const sources = new SourceFiles();
    const place = sources.origin({ file: join(own, 'dist/a.js'), line: 1, column: 1 });
    expect(place).toEqual({ file: join(own, 'src/a.ts'), line: 3, column: 5 });
    expect(sources.lines(place.file)).toEqual(['one', 'two', 'three', '']);
  });

  test('with the root that the map names', () => {
    const map = mapOf({ sources: ['a.ts'], sourceRoot: '../src/' });
    const own = write({ 'dist/a.js': `${RUNS}//# sourceMappingURL=${dataUrl(map, 'base64')}` });
    expect(originOf(own)).toMatchObject({ file: join(own, 'src/a.ts') });
  });

  test('with a root that is an address', () => {
    const map = mapOf({ sources: ['src/a.ts'], sourceRoot: 'webpack://app/' });
    const own = write({ 'dist/a.js': `${RUNS}//# sourceMappingURL=${dataUrl(map, 'base64')}` });
    expect(originOf(own)).toMatchObject({ file: 'webpack://app/src/a.ts' });
  });

  test('with the source that the map holds, where the file is gone', () => {
    const map = mapOf({ sourcesContent: [SOURCE] });
    const own = write({ 'dist/a.js': `${RUNS}//# sourceMappingURL=${dataUrl(map, 'base64')}` });
    const sources = new SourceFiles();
    const place = sources.origin({ file: join(own, 'dist/a.js'), line: 1, column: 1 });
    expect(place).toMatchObject({ file: join(own, 'src/a.ts'), line: 3 });
    expect(sources.lines(place.file)).toEqual(['one', 'two', 'three', '']);
  });

  test('with sources that are addresses of files', () => {
    const map = mapOf({ sources: [pathToFileURL('/srv/a b.ts').href] });
    const own = write({ 'dist/a.js': `${RUNS}//# sourceMappingURL=${dataUrl(map, 'base64')}` });
    expect(originOf(own)).toMatchObject({ file: '/srv/a b.ts' });
  });
});

describe('A place stays as it is', () => {
  test.each([
    ['without a map', RUNS],
    ['with a map that is not there', `${RUNS}//# sourceMappingURL=missing.map`],
    ['with a map that is no JSON', `${RUNS}//# sourceMappingURL=broken.map`],
    ['with a map of another shape', `${RUNS}//# sourceMappingURL=shape.map`],
    ['with a map within that is broken', `${RUNS}//# sourceMappingURL=data:application/json,%`],
    ['with no mapping at all', `${RUNS}//# sourceMappingURL=${dataUrl(mapOf({ mappings: '' }), 'base64')}`],
    ['where the address is not at the end', `//# sourceMappingURL=a.js.map\n${RUNS}`],
  ])('%s', (_name, text) => {
    const own = write({ 'dist/a.js': text, 'dist/broken.map': '{', 'dist/shape.map': '[]', 'dist/a.js.map': mapOf() });
    const place = { file: join(own, 'dist/a.js'), line: 1, column: 1 };
    expect(new SourceFiles().origin(place)).toEqual(place);
    expect(new SourceFiles().lines(place.file)).toEqual(text.split('\n'));
  });

  test('in a file that is too large', () => {
    const own = write({ 'a.js': 'x'.repeat(4_194_305) });
    const place = { file: join(own, 'a.js'), line: 1, column: 1 };
    expect(new SourceFiles().origin(place)).toEqual(place);
    expect(new SourceFiles().lines(place.file)).toBeNull();
  });

  test('in a file that is no program', () => {
    const own = write({ '.env': 'SECRET=canary', 'notes.txt': 'one' });
    for (const name of ['.env', 'notes.txt']) expect(new SourceFiles().lines(join(own, name))).toBeNull();
    mkdirSync(join(own, 'directory.js'));
    expect(new SourceFiles().lines(join(own, 'directory.js'))).toBeNull();
    // Whoever opened one of those would wait for its writer, and everybody with it.
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(own, 'pipe.js')]);
      expect(new SourceFiles().lines(join(own, 'pipe.js'))).toBeNull();
    }
  });

  test.each(['/nowhere/at/all.js', 'node:internal/process', 'relative.js', '', '\0', directory])('in %j', (file) => {
    const place = { file, line: 1, column: 1 };
    expect(new SourceFiles().origin(place)).toEqual(place);
    expect(new SourceFiles().lines(file)).toBeNull();
  });
});

test('Lines end as they do on every system', () => {
  const own = write({ 'a.js': 'one\r\ntwo\nthree' });
  expect(new SourceFiles().lines(join(own, 'a.js'))).toEqual(['one', 'two', 'three']);
});

test('An address of a file is its path, and nothing else is', () => {
  expect(pathOf('file:///srv/a%20b.js')).toBe('/srv/a b.js');
  expect(pathOf('file://elsewhere/%')).toBe('file://elsewhere/%');
  expect(pathOf('node:fs')).toBe('node:fs');
  expect(pathOf('/srv/a.js')).toBe('/srv/a.js');
});
