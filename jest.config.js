import { availableParallelism } from 'node:os';

/**
 * Files that hold something against the clock, or count what a server does within a second. Nothing runs beside them: a
 * machine that is busy with other tests would be measured with them.
 */
const ALONE = [
  'debugger/console-server',
  'debugger/debug-page-evaluation',
  'debugger/frame-console',
  'debugger/pin-and-cookie',
  'handlers/contextual-hostile',
  'handlers/routes-report',
  'inspection/exception-info',
  'inspection/redaction',
  'logging/log-faults',
  'logging/log-faults-mariadb',
  'logging/log-faults-sqlite',
  'logging/log-partitions',
  'logging/otlp-delivery',
  'logging/otlp-log-target',
  'process/program-output',
  'process/run-process',
].map((file) => `<rootDir>/dist/test/${file}.test.js`);

/** The tests are compiled with everything else and run as they are: what is tested is what is shipped. */
const COMPILED = {
  roots: ['<rootDir>/dist/test'],
  testEnvironment: 'node',
  transform: {},
  globalSetup: '<rootDir>/dist/test/support/global-setup.js',
  globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  injectGlobals: false,
};

export default {
  // On two cores jest would leave one of them to itself.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testTimeout: 60_000,
  projects: [
    { ...COMPILED, testMatch: ['**/*.test.js'], testPathIgnorePatterns: ALONE.map((file) => `^${file}$`) },
    { ...COMPILED, testMatch: ALONE, runner: '<rootDir>/scripts/serial-runner.mjs' },
  ],
};
