/**
 * Packs the library and tries the tarball: with linters of packages, and in hosts that are compiled against its types and
 * then run. The hosts with a database take everything else from the project's own node_modules; the one without a database
 * is installed from the registry, in a folder that has nothing else, and so is, with `--with-nest-11`, one on Nest 11 and
 * TypeORM 0.3.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packLibrary } from './package.mjs';
import { ROOT, run, runNode, runNpm, runTool } from './tools.mjs';

/** A host that opens the catalogue and the log, and one that has no database at all. */
const CATALOGUE_HOST = 'package-host.mts';
const ERRORS_HOST = 'package-errors-host.mts';
const WORKSHOP = join(ROOT, 'dist', 'package-check');

const COMPILER_OPTIONS = {
  target: 'ES2023',
  types: ['node'],
  strict: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};
const NODE_NEXT = { module: 'nodenext', moduleResolution: 'nodenext' };
/** What the Nest CLI gave to projects on Nest 11: such a resolver does not know `exports`. */
const NODE_10 = { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' };

const NEST_12_HOSTS = [
  {
    title: 'Nest 12, ES modules',
    source: CATALOGUE_HOST,
    type: 'module',
    resolution: NODE_NEXT,
    expected: expectedOf('esm'),
  },
  {
    title: 'Nest 12, CommonJS',
    source: CATALOGUE_HOST,
    type: 'commonjs',
    resolution: NODE_NEXT,
    expected: expectedOf('cjs'),
  },
];
const NO_DATABASE_HOST = {
  title: 'Nest 12 on Express and on Fastify, ES modules, without TypeORM',
  source: ERRORS_HOST,
  type: 'module',
  resolution: NODE_NEXT,
  expected: ['typeorm: absent', ...['express', 'fastify'].flatMap(errorsOn)].join('\n'),
  dependencies: {
    '@nestjs/common': '^12.0.0',
    '@nestjs/core': '^12.0.0',
    '@nestjs/platform-express': '^12.0.0',
    '@nestjs/platform-fastify': '^12.0.0',
    '@types/express': '^5.0.0',
    '@types/node': '^20.19.0',
    'class-transformer': '^0.5.1',
    'class-validator': '^0.15.0',
    'reflect-metadata': '^0.2.0',
    rxjs: '^7.8.0',
  },
};
const NEST_11_HOST = {
  title: 'Nest 11 and TypeORM 0.3, CommonJS',
  source: CATALOGUE_HOST,
  type: 'commonjs',
  expected: expectedOf('cjs'),
  resolution: NODE_10,
  dependencies: {
    '@nestjs/common': '^11.0.0',
    '@nestjs/core': '^11.0.0',
    '@nestjs/platform-fastify': '^11.0.0',
    '@nestjs/swagger': '^11.0.0',
    '@nestjs/typeorm': '^11.0.0',
    '@types/node': '^20.19.0',
    'class-transformer': '^0.5.1',
    'class-validator': '^0.14.0',
    libsql: '^0.5.0',
    'reflect-metadata': '^0.2.0',
    rxjs: '^7.8.0',
    typeorm: '~0.3.20',
  },
};

async function checkPackage() {
  const tarball = await packLibrary();
  // To be installed from the registry is to wait for the network: the other checks are done meanwhile.
  const remote = process.argv.includes('--with-nest-11') ? [NO_DATABASE_HOST, NEST_11_HOST] : [NO_DATABASE_HOST];
  const tried = remote.map((host) => started(() => tryHost(host, tarball, fromRegistry(host))));
  await check('publint', () => runTool('publint', 'publint', ['run', tarball, '--strict']));
  await check('Are the types wrong?', () =>
    runTool('@arethetypeswrong/cli', 'attw', [tarball, '--no-definitely-typed', '--no-emoji', '--format', 'ascii']),
  );
  await check('Dependencies as CommonJS', () => requireDependencies(tarball));
  for (const host of NEST_12_HOSTS) {
    await check(host.title, () => tryHost(host, tarball, inProject(host)));
  }
  for (const [index, { title }] of remote.entries()) await check(title, () => tried[index]);
}

/** Does one of the checks; the others are done, too, when it fails. */
async function check(title, action) {
  console.log(`\n== ${title}`);
  try {
    console.log(await action());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Begins something whose failure is told by whoever awaits it, which may be later than it happens. */
function started(action) {
  const outcome = action();
  outcome.catch(() => {});
  return outcome;
}

/** On Node 20 and 22 jest requires no ES modules, though Node does: one such dependency, and our CommonJS fails there. */
async function requireDependencies(tarball) {
  const { dependencies } = JSON.parse(await run('tar', ['-xzOf', tarball, 'package/package.json']));
  const names = Object.keys(dependencies);
  await Promise.all(
    names.map((name) => runNode(['--no-experimental-require-module', '-e', `require(${JSON.stringify(name)})`])),
  );
  return names.join(', ');
}

/** Installs the tarball in a host, compiles the host and runs it. */
async function tryHost({ source, type, resolution, expected }, tarball, { folder, install }) {
  try {
    mkdirSync(folder, { recursive: true });
    writeJson(join(folder, 'package.json'), { name: 'host', private: true, type });
    writeJson(join(folder, 'tsconfig.json'), {
      compilerOptions: { ...COMPILER_OPTIONS, ...resolution, rootDir: '.', outDir: 'built' },
      files: ['main.ts'],
    });
    cpSync(join(ROOT, 'scripts', source), join(folder, 'main.ts'));
    await install(tarball);
    await runTool('typescript', 'tsc', ['-p', folder]);
    return matching(await runNode([join('built', 'main.js')], { cwd: folder }), expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A host below the project, whose node_modules thus have everything but the library itself. */
function inProject({ type }) {
  const folder = join(WORKSHOP, type);
  const library = join(folder, 'node_modules', 'nestjs-errata');
  const install = async (tarball) => {
    mkdirSync(library, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', library, '--strip-components=1']);
  };
  return { folder, install };
}

/** A host outside of the project: it has what it depends on, and nothing else. */
function fromRegistry({ dependencies }) {
  const folder = mkdtempSync(join(tmpdir(), 'nestjs-errata-host-'));
  const packages = Object.entries(dependencies).map(([name, range]) => `${name}@${range}`);
  return {
    folder,
    install: (tarball) => runNpm(['install', '--no-audit', '--no-fund', ...packages, tarball], { cwd: folder }),
  };
}

function expectedOf(build) {
  return [
    'title: Database',
    'stored: Database',
    `build: ${build}`,
    'list: 200 Database',
    'creation: 403',
    'log: warn of Nest, info of its own',
    'pino: warn of pino',
    'registered: 42 out-of-fuel',
  ].join('\n');
}

function errorsOn(adapter) {
  return [
    'GET /thrown 404 application/json; charset=utf-8 Not found',
    'GET /thrown 404 text/html; charset=utf-8 404 - Not found',
    'GET /thrown 404 application/xml; charset=utf-8 There is no such shop.',
    'GET /returned 409 text/plain; charset=utf-8 409 - A conflict occurred',
    'GET /uncaught 500 application/json; charset=utf-8 Internal server error',
    `GET /out-of-stock 409 ${adapter === 'express' ? 'text/html' : 'text/plain'}; charset=utf-8 the host’s own answer`,
    'GET /nowhere 404 application/json; charset=utf-8 Not found',
    'DELETE /thrown 405 application/json; charset=utf-8 GET, HEAD, OPTIONS Method not allowed',
    'GET /classes 200 application/json; charset=utf-8 ["400","401","402","403","404","405","40',
  ].map((line) => `${adapter}: ${line}`);
}

function matching(printed, expected) {
  if (printed === expected) return printed;
  throw new Error(`The host printed\n${printed}\nand should have printed\n${expected}`);
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

try {
  await checkPackage();
} finally {
  rmSync(WORKSHOP, { recursive: true, force: true });
}
