/**
 * Builds the library for hosts and leaves its tarball in dist/package/.
 *
 * The library is what its entries reach: the rooms of the service itself are not in it. It is built twice, since ES modules
 * alone fail in the jest of a host on Nest 11, and CommonJS alone in that of a host on Nest 12.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { readJson, ROOT, runNpm, runTool } from './tools.mjs';

/** What a host can import, and the module of src/ that it then gets. */
export const ENTRIES = {
  '.': 'index',
  './catalog': 'catalog',
  './logging': 'logging',
  './openapi': 'openapi',
  './pino': 'pino',
};

/** Of what a host must have the same copy as the library: whatever holds registries, tokens or classes of both. */
const PEERS = {
  '@nestjs/common': { range: '>=11 <13' },
  '@nestjs/core': { range: '>=11 <13' },
  '@nestjs/swagger': { range: '>=11 <13', optional: true },
  '@nestjs/typeorm': { range: '>=11 <13', optional: true },
  '@opentelemetry/exporter-logs-otlp-http': { range: '>=0.200 <1', optional: true },
  '@opentelemetry/resources': { range: '>=2 <3', optional: true },
  'class-transformer': { range: '^0.5.1' },
  'class-validator': { range: '>=0.14 <0.16' },
  // No module imports it: what decorators compile to calls the `Reflect.metadata` that it adds.
  'reflect-metadata': { range: '^0.1.13 || ^0.2.0', ambient: true },
  rxjs: { range: '^7.2.0' },
  typeorm: { range: '>=0.3.21 <2', optional: true },
};

/** The two builds, each in a folder and for a condition of `exports`. */
const TREES = [
  { folder: 'esm', condition: 'import', type: 'module', compilerOptions: {} },
  {
    folder: 'cjs',
    condition: 'require',
    type: 'commonjs',
    compilerOptions: { module: 'commonjs', moduleResolution: 'bundler' },
  },
];

const SOURCES = join(ROOT, 'src');
const SERVICE_ROOMS = [join(SOURCES, 'app'), join(SOURCES, 'main.ts')];
const DOCUMENTS = ['README.md', 'LICENSE', 'CHANGELOG.md', 'docs'];
const DESTINATION = join(ROOT, 'dist', 'package');
const STAGE = join(ROOT, 'dist', 'package-stage');

/** Builds the library and gives the path of its tarball. */
export async function packLibrary() {
  for (const folder of [DESTINATION, STAGE]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  try {
    await Promise.all(TREES.map(buildTree));
    writeJson(join(STAGE, 'package.json'), manifest(readJson(join(ROOT, 'package.json')), importedPackages()));
    for (const document of DOCUMENTS.filter((name) => existsSync(join(ROOT, name)))) {
      cpSync(join(ROOT, document), join(STAGE, document), { recursive: true });
    }
    filesIn(STAGE, '.md').forEach(unlinkAbsent);
    await runNpm(['pack', '--ignore-scripts', '--pack-destination', DESTINATION], { cwd: STAGE });
  } finally {
    // A second manifest of this name below the project confuses tools that search it.
    rmSync(STAGE, { recursive: true, force: true });
  }
  return join(DESTINATION, readdirSync(DESTINATION)[0]);
}

async function buildTree({ folder, type, compilerOptions }) {
  const config = join(STAGE, `tsconfig.${folder}.json`);
  const outDir = join(STAGE, folder);
  writeJson(config, {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { rootDir: SOURCES, outDir, inlineSources: true, noEmitOnError: true, ...compilerOptions },
    include: [],
    files: Object.values(ENTRIES).map((entry) => join(SOURCES, `${entry}.ts`)),
  });
  await runTool('typescript', 'tsc', ['-p', config]);
  rmSync(config);
  filesIn(outDir, '.js.map').forEach(relocateSource);
  writeJson(join(outDir, 'package.json'), { type });
}

/**
 * The source that a map holds is named as a neighbour of the trees: by the path that it has in the project, it would be
 * taken for a file of the host's.
 */
function relocateSource(file) {
  const map = readJson(file);
  map.sources = map.sources.map((source) => {
    const inProject = join(dirname(file), source);
    refuseServiceRoom(inProject);
    return slashed(relative(dirname(file), join(STAGE, 'src', relative(SOURCES, inProject))));
  });
  writeFileSync(file, JSON.stringify(map));
}

/** Leaves of a link to what is not in the tarball the words alone. */
function unlinkAbsent(file) {
  const isHere = (target) => /^(#|[a-z]+:)/i.test(target) || existsSync(join(dirname(file), target.split('#', 1)[0]));
  const text = readFileSync(file, 'utf8').replace(/\[([^[\]\n]+)\]\(([^()\s]+)\)/g, (link, words, target) =>
    isHere(target) ? link : words,
  );
  writeFileSync(file, text);
}

function refuseServiceRoom(source) {
  if (!SERVICE_ROOMS.some((room) => source === room || source.startsWith(room + sep))) return;
  throw new Error(`The library imports ${relative(ROOT, source)}, which belongs to the service. Move what both need.`);
}

function manifest(project, imported) {
  const { name, version, description, keywords, license, engines } = project;
  const isPeer = (packageName) => packageName in PEERS;
  const peers = Object.keys(PEERS).filter((peer) => PEERS[peer].ambient || imported.includes(peer));
  const optionalPeers = peers.filter((peer) => PEERS[peer].optional);
  return {
    name,
    version,
    description,
    keywords,
    license,
    type: 'module',
    engines,
    // `main`, `types` and `typesVersions` are for resolvers that do not know `exports`.
    main: builtFile('cjs', ENTRIES['.'], '.js'),
    types: builtFile('cjs', ENTRIES['.'], '.d.ts'),
    typesVersions: { '*': typesOfSubpaths() },
    exports: { ...mapValues(ENTRIES, conditions), './package.json': './package.json' },
    dependencies: fromKeys(
      imported.filter((packageName) => !isPeer(packageName)),
      (packageName) => rangeIn(project, packageName),
    ),
    peerDependencies: fromKeys(peers, (peer) => PEERS[peer].range),
    peerDependenciesMeta: fromKeys(optionalPeers, () => ({ optional: true })),
  };
}

function conditions(entry) {
  return Object.fromEntries(
    TREES.map(({ condition, folder }) => [
      condition,
      // The first condition that holds wins.
      { types: builtFile(folder, entry, '.d.ts'), default: builtFile(folder, entry, '.js') },
    ]),
  );
}

function typesOfSubpaths() {
  const subpaths = Object.entries(ENTRIES).filter(([subpath]) => subpath !== '.');
  return Object.fromEntries(
    subpaths.map(([subpath, entry]) => [subpath.slice('./'.length), [builtFile('cjs', entry, '.d.ts')]]),
  );
}

function builtFile(folder, entry, extension) {
  return `./${folder}/${entry}${extension}`;
}

function rangeIn({ dependencies }, packageName) {
  const range = dependencies[packageName];
  if (range !== undefined) return range;
  throw new Error(
    `The library imports ${packageName}, which is neither among the dependencies of package.json nor among the PEERS here.`,
  );
}

/** The packages that the code or the types of the library import, without Node's own modules. */
function importedPackages() {
  const files = [...filesIn(join(STAGE, 'esm'), '.js'), ...filesIn(join(STAGE, 'esm'), '.d.ts')];
  const specifiers = files.flatMap((file) => ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles);
  const packages = specifiers
    .map(({ fileName }) => fileName)
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(packageOf);
  return [...new Set(packages)].sort();
}

function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function filesIn(folder, extension) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function fromKeys(keys, valueOf) {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
}

function slashed(path) {
  return path.split(sep).join('/');
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(relative(ROOT, await packLibrary()));
}
