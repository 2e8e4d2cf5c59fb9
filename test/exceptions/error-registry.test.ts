import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ErrorRegistry, errorRegistry } from '../../src/exceptions/error-registry.js';
import { watchDataSource } from '../../src/exceptions/data-source-failures.js';
import { getErrorByException, registerError, ScaleDatabaseError, ScaleError, ScaleIOError } from '../../src/index.js';

type Options = ConstructorParameters<typeof ScaleIOError>[0];

class DiskFull extends ScaleError {
  constructor(options: Options = {}) {
    super(30, 'disk-full', { wrappedEx: 'DiskFullError', ...options });
  }
  static matches(error: unknown): boolean {
    return (error as { code?: unknown }).code === 'ENOSPC';
  }
}

/** It knows nothing of causes, and is given one all the same. */
class Plain extends ScaleError {
  constructor() {
    super(31, 'plain', { wrappedEx: 'PlainError' });
  }
}

const systemError = (code: string, syscall: string): Error =>
  Object.assign(new Error(code), { code, syscall, errno: -1 });

describe('The registry', () => {
  test('has the three from the start', () => {
    expect(errorRegistry.registrations().map(({ exitCode, errorName }) => [exitCode, errorName])).toEqual([
      [2, 'database'],
      [3, 'database-operation'],
      [4, 'filesystem-io'],
    ]);
    expect(errorRegistry.byExitCode(3)).toMatchObject({ wrappedEx: 'OperationalError' });
    expect([0, 5, -1, 1.5, NaN, 1_000].map((code) => errorRegistry.byExitCode(code))).toEqual(Array(6).fill(null));
  });

  test('takes the same again, by its class or its name alone, and the class counts', () => {
    const registry = new ErrorRegistry();
    registry.register({ exitCode: 30, errorName: 'disk-full' });
    registry.register(new DiskFull());
    registry.register(new DiskFull());
    registry.register({ exitCode: 30, errorName: 'disk-full' });
    registry.register({ exitCode: 32, errorName: 'disk-full' });
    expect(registry.byExitCode(30)).toBeInstanceOf(DiskFull);
    expect(registry.exitCodesOf('disk-full')).toEqual([30, 32]);
    expect(registry.exitCodesOf('nothing')).toEqual([]);
  });

  test.each([
    [{ exitCode: 30, errorName: 'other' }, /Exit code 30 .*“other” and already stands for DiskFull \(“disk-full”\)/],
    [{ exitCode: 0, errorName: 'success' }, /exit code 0 .*1 to 255/],
    [{ exitCode: 256, errorName: 'large' }, /exit code 256/],
    [{ exitCode: 40, errorName: '' }, /1 to 50 characters/],
  ])('refuses %j and names both', (error, message) => {
    const registry = new ErrorRegistry();
    registry.register(new DiskFull());
    expect(() => registry.register(error)).toThrow(message);
    expect(registry.registrations()).toHaveLength(1);
  });

  test('refuses a second class for an exception, and one that cannot be made for any', () => {
    class Other extends ScaleError {
      constructor(options: Options = {}) {
        super(33, 'other', { wrappedEx: 'DiskFullError', ...options });
      }
    }
    class Unmakeable extends ScaleError {
      constructor(path: { readonly cause: { readonly path: { readonly length: number } } }) {
        super(34, 'unmakeable', { wrappedEx: 'UnmakeableError', message: String(path.cause.path.length) });
      }
    }
    const registry = new ErrorRegistry();
    registry.register(new DiskFull());
    expect(() => registry.register(new Other())).toThrow(
      /exception DiskFullError was to be wrapped by Other .* already wrapped by DiskFull/,
    );
    const unmakeable = new Unmakeable({ cause: { path: '/' } });
    expect(() => registry.register(unmakeable)).toThrow(/Unmakeable .* override wrapping\(cause\)/);
    expect(registry.registrations()).toHaveLength(1);
  });

  test('finds by name, by alias and by what extends it', () => {
    class DatabaseError extends Error {}
    class SpecialError extends DatabaseError {}
    expect(getErrorByException('QueryFailedError')).toMatchObject({ errorName: 'database' });
    expect(getErrorByException('OperationalError')).toMatchObject({ errorName: 'database-operation' });
    expect(getErrorByException('ENOSPC')).toMatchObject({ errorName: 'filesystem-io' });
    expect(['', 'Error', 'constructor', 'ECONNREFUSED'].map(getErrorByException)).toEqual(Array(4).fill(null));
    const thrown = new SpecialError('It failed.');
    const found = getErrorByException(thrown);
    expect(found).toBeInstanceOf(ScaleDatabaseError);
    expect(found?.cause).toBe(thrown);
    expect(found?.getLogMessage()).toBe('database (exit code 2): The database refused a statement: It failed.');
  });

  test('asks the latest matcher first, and every error of the chain', () => {
    expect(getErrorByException(systemError('ENOSPC', 'write'))).toBeInstanceOf(ScaleIOError);
    registerError(new DiskFull());
    registerError(new Plain());
    const outer = new Error('outer', { cause: new Error('middle', { cause: systemError('ENOSPC', 'write') }) });
    expect(getErrorByException(outer)).toBeInstanceOf(DiskFull);
    expect(getErrorByException(outer)?.cause).toBe(outer);
    class PlainError extends Error {}
    const thrown = new PlainError();
    expect(getErrorByException(thrown)).toMatchObject({ exitCode: 31, cause: thrown });
    const own = new DiskFull();
    expect(getErrorByException(new Error('outer', { cause: own }))).toBe(own);
  });

  test('does not take what a class inherits for its own', () => {
    class MountLost extends ScaleIOError {
      override readonly exitCode = 35;
      override readonly errorName = 'mount-lost';
      override readonly wrappedEx = 'MountError';
    }
    const registry = new ErrorRegistry();
    registry.register(new ScaleIOError());
    registry.register(new MountLost());
    expect(registry.byException(systemError('EIO', 'read'))?.errorName).toBe('filesystem-io');
    expect(registry.byException('MountError')?.errorName).toBe('mount-lost');
  });

  test.each<[string, Error, string | null]>([
    ['a broken pipe', systemError('EPIPE', 'write'), 'filesystem-io'],
    ['a mount that is gone', systemError('ESTALE', 'scandir'), 'filesystem-io'],
    ['a connection that was reset', systemError('ECONNRESET', 'read'), null],
    ['a program that is missing', systemError('ENOENT', 'spawn ls'), null],
    ['no SQLSTATE', Object.assign(new Error(), { code: '40001' }), null],
    ['a SQLSTATE of pg', Object.assign(new Error(), { code: '57P01', severity: 'FATAL' }), 'database-operation'],
    ['another SQLSTATE', Object.assign(new Error(), { code: '23505', severity: 'ERROR' }), 'database'],
    ['a number of MySQL', Object.assign(new Error(), { sqlState: 'HY000', errno: 1205 }), 'database-operation'],
    ['another of MySQL', Object.assign(new Error(), { sqlState: '42S02', errno: 1146 }), 'database'],
    ['a code of SQLite', Object.assign(new Error(), { code: 'SQLITE_BUSY_SNAPSHOT' }), 'database-operation'],
    ['another of SQLite', Object.assign(new Error(), { code: 'SQLITE_CONSTRAINT_UNIQUE' }), 'database'],
  ])('tells %s', (_, thrown, errorName) => {
    const found = getErrorByException(thrown)?.errorName ?? null;
    expect(found).toBe(errorName);
  });

  test('takes a refused connection for the database’s when its DataSource is watched', async () => {
    const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED')]), { code: 'ECONNREFUSED' });
    const unwatched = { driver: { connect: () => Promise.reject(refused) } };
    await expect(unwatched.driver.connect()).rejects.toBe(refused);
    expect(getErrorByException(refused)).toBeNull();
    const watched = watchDataSource(watchDataSource(unwatched));
    await expect(watched.driver.connect()).rejects.toBe(refused);
    expect(getErrorByException(refused)?.getLogMessage()).toBe(
      'database-operation (exit code 3): The database could not be worked with: connect ECONNREFUSED',
    );
  });

  test('is defeated by nothing that is thrown', () => {
    const circular = new Error('a') as Error & { cause?: unknown };
    circular.cause = new Error('b', { cause: circular });
    let deep = new Error('bottom', { cause: systemError('EIO', 'read') });
    for (let depth = 0; depth < 10_000; depth++) deep = new Error('deep', { cause: deep });
    const hostile = new Proxy(new Error(), {
      get() {
        throw new Error('No.');
      },
    });
    const thrown = [undefined, null, 7, Symbol('s'), circular, deep, hostile, Object.create(null), () => {}];
    expect(thrown.map(getErrorByException)).toEqual(thrown.map(() => null));
  });

  test('takes errors of the system from any realm', () => {
    try {
      readFileSync('/no/such/file');
    } catch (error) {
      expect(getErrorByException(error)).toMatchObject({ exitCode: 4, cause: error });
    }
    expect.assertions(1);
  });
});

describe('A process error', () => {
  test.each([true, false])('writes its stack when it is asked to: %s', (logStacktrace) => {
    class Failed extends ScaleError {
      constructor() {
        super(36, 'failed', { logStacktrace, message: 'It failed', cause: new TypeError('deep') });
      }
      override getLogMessage(): string {
        return `${this.message}!`;
      }
    }
    const calls: unknown[][] = [];
    new Failed().log({ error: (...given) => void calls.push(given) });
    expect(calls).toEqual([
      logStacktrace
        ? ['It failed!', expect.stringMatching(/^Failed: It failed\n {4}at [^]*\nCaused by: TypeError: deep\n {4}at /)]
        : ['It failed!'],
    ]);
  });

  test('of another copy of the package is one', () => {
    const foreign = { [Symbol.for('nestjs-errata.brands')]: ['ScaleIOError', 'ScaleError'] };
    expect([foreign instanceof ScaleError, foreign instanceof ScaleIOError]).toEqual([true, true]);
    expect([foreign instanceof ScaleDatabaseError, {} instanceof ScaleError]).toEqual([false, false]);
  });
});
