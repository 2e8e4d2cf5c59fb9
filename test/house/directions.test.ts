import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packagesLoadedBy, roomOf, sourceFiles } from './source-files.js';

/** The doors to the house: what hosts import, and the service as the first of them. */
const ENTRIES = ['index.ts', 'catalog.ts', 'logging.ts', 'openapi.ts', 'pino.ts'];

/** Whom each room may import from; everybody may import from the own room. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  exceptions: [],
  rendering: ['exceptions'],
  inspection: [],
  handlers: ['exceptions', 'rendering', 'inspection'],
  debugger: ['exceptions', 'rendering', 'inspection', 'handlers'],
  database: [],
  migrations: ['database'],
  openapi: ['exceptions', 'rendering'],
  rest: ['exceptions', 'openapi', 'database'],
  process: ['exceptions'],
  logging: ['exceptions', 'inspection', 'database', 'openapi', 'rest'],
  catalog: ['exceptions', 'rendering', 'database', 'openapi', 'rest'],
  app: ENTRIES,
  'main.ts': ['app', '../ormconfig.ts'],
  'error-module.options.ts': ['catalog', 'logging', 'handlers', 'debugger'],
  'error.module.ts': ['catalog', 'logging', 'handlers', 'debugger', 'error-module.options.ts'],
  'index.ts': [
    'exceptions',
    'rendering',
    'inspection',
    'handlers',
    'catalog',
    'error.module.ts',
    'error-module.options.ts',
    'debugger',
    'process',
  ],
  'catalog.ts': ['catalog', 'database', 'migrations'],
  'logging.ts': ['logging', 'database', 'migrations'],
  'openapi.ts': ['openapi'],
  'pino.ts': ['logging', 'logging.ts'],
};

const files = sourceFiles();
const offenders = (isWrong: (file: (typeof files)[number]) => boolean): string[] =>
  files.filter(isWrong).map(({ path }) => path);

/** A room may have chambers, as `logging/spool`; what stands in the room itself holds them together. */
const isChamber = (directory: string): boolean => directory.includes('/') && !directory.endsWith('/dto');

function cyclesIn(importsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of importsOf.keys()) visit(path, []);
  return cycles;
}

describe('The house', () => {
  test('has files', () => expect(files.length).toBeGreaterThan(40));

  test('every room imports from those only that it may', () => {
    const wrong = files.flatMap(({ path, imports }) => {
      const room = roomOf(path);
      const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
      // The seed shares the DataSource with the command line.
      const passages = path === 'app/seed.ts' ? ['../ormconfig.ts'] : [];
      return imports
        .filter((target) => ![...allowed, ...passages].includes(target) && !allowed.includes(roomOf(target)))
        .map((target) => `${path} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('no import leads back to where it came from', () => {
    expect(cyclesIn(new Map(files.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });

  test('nor does one from a chamber of a room into another', () => {
    const chambers = new Map<string, string[]>();
    for (const { path, imports } of files) {
      const own = dirname(path);
      const others = imports.map((target) => dirname(target)).filter((target) => target !== own && isChamber(target));
      if (isChamber(own)) chambers.set(own, [...(chambers.get(own) ?? []), ...others]);
    }
    expect(chambers.size).toBeGreaterThan(8);
    expect(cyclesIn(chambers)).toEqual([]);
  });

  test('nothing is passed on inside: only the entries re-export', () => {
    const wrong = offenders(
      ({ path, text }) => !ENTRIES.includes(path) && /^export (\*|\{[^}]*\}|type \{[^}]*\}) from/m.test(text),
    );
    expect(wrong).toEqual([]);
  });

  test('typeorm has its doors: entities, repositories, migrations, and what makes or finds a DataSource', () => {
    const doors = /^(database|migrations)\/|\.(entity|repository|module)\.ts$|^(catalog|logging|pino)\.ts$|^app\//;
    expect(offenders(({ path, packages }) => packages.includes('typeorm') && !doors.test(path))).toEqual([]);
  });

  test.each([
    ['index.js', []],
    ['catalog.js', ['typeorm']],
    ['logging.js', ['typeorm']],
    ['openapi.js', ['@nestjs/swagger']],
  ])('of what a host may be without, %s loads %j', (entry, expected) => {
    const optional = ['@nestjs/swagger', '@nestjs/typeorm', 'typeorm'];
    expect(packagesLoadedBy(join('dist/src', entry)).filter((name) => optional.includes(name))).toEqual(expected);
  });

  test('the environment is read in two files', () => {
    expect(offenders(({ text }) => /process\.env\b/.test(text))).toEqual(['app/config.ts', 'handlers/environment.ts']);
  });

  test('names of the wire and of columns stay at their doors', () => {
    const doors =
      /views\.ts$|\/dto\/|entity\.ts$|repository\.ts$|error-rows\.ts$|openapi\.ts$|^migrations\/|dialect\.ts$|error-definition\.ts$/;
    const wrong = files
      .filter(({ path }) => !doors.test(path) && !path.startsWith('app/'))
      .filter(({ text }) => /\b(job_type_name|is_builtin|last_modified)\b/.test(text.replace(/\/\*\*[^]*?\*\//g, '')));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('files are small and are called by what they hold', () => {
    const lines = files.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
    expect(lines.at(-1)).toBeLessThanOrEqual(250);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(60);
    expect(offenders(({ path }) => /util|helper|common|manager|impl/.test(path))).toEqual([]);
  });
});
