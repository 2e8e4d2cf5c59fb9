import { describe, expect, test } from '@jest/globals';
import { ContextualExceptionInfo, type ExceptionContext } from '../../src/inspection/contextual-exception-info.js';
import { ExceptionInfo } from '../../src/inspection/exception-info.js';
import { CallSources } from '../../src/inspection/call-sources.js';
import { hostileThrows } from '../support/hostile-throws.js';

const context: ExceptionContext = {
  sources: new CallSources(),
  recordOf: () => 'unseen',
  hideInternalFrames: true,
};

describe.each(hostileThrows)('Of $name', (hostile) => {
  test('is told what can be told, and nothing is thrown', () => {
    for (const info of [new ExceptionInfo(hostile.make()), new ContextualExceptionInfo(hostile.make(), context)]) {
      expect(typeof info.type).toBe('string');
      expect(typeof info.message).toBe('string');
      expect(info.stack === null || typeof info.stack === 'string').toBe(true);
      expect(Array.isArray(info.frames)).toBe(true);
      expect(info.causes.length).toBeLessThanOrEqual(10);
      expect(typeof info.toString()).toBe('string');
      if (info instanceof ContextualExceptionInfo) expect(info.errors.length).toBeLessThanOrEqual(10);
    }
  });
});

describe('An error is told', () => {
  test('with its name, its message and its calls, the innermost first', () => {
    const thrown = Object.assign(new TypeError('Wrong.'), {
      stack:
        'TypeError: Wrong.\n    at Jobs.read (/srv/a.js:3:7)\n    at async /srv/b.js:1:2\n    at node:internal/x:4:5',
    });
    const info = new ExceptionInfo(thrown);
    expect(info).toMatchObject({ type: 'TypeError', message: 'Wrong.' });
    expect(info.frames).toEqual([
      { functionName: 'Jobs.read', file: '/srv/a.js', line: 3, column: 7, isAsync: false },
      { functionName: null, file: '/srv/b.js', line: 1, column: 2, isAsync: true },
      { functionName: null, file: 'node:internal/x', line: 4, column: 5, isAsync: false },
    ]);
  });

  test.each<[unknown, string, string]>([
    ['text', 'string', 'text'],
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    [7n, 'bigint', '7n'],
    [{ a: 1 }, 'Object', '{ a: 1 }'],
  ])('%p, which is none', (thrown, type, message) => {
    const info = new ExceptionInfo(thrown);
    expect(info).toMatchObject({ type, message, stack: null });
    expect(info.frames).toEqual([]);
  });
});

test('A function without a name has none, however that is written', () => {
  const stack = 'Error: x\n    at <anonymous> (/srv/a.ts:3:7)\n    at /srv/b.ts:1:2';
  const { frames } = new ExceptionInfo(Object.assign(new Error('x'), { stack }));
  expect(frames.map(({ functionName }) => functionName)).toEqual([null, null]);
});

describe('What looks like a call', () => {
  test('and stands in the message is none', () => {
    const { frames } = new ExceptionInfo(new Error('x\n    at read (/etc/passwd:1:1)\n    at /etc/hosts:1:1'));
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.map(({ file }) => file)).not.toContain('/etc/passwd');
    expect(frames.map(({ file }) => file)).not.toContain('/etc/hosts');
  });

  test('and is endless takes no time', () => {
    const stack = `Error: x\n    at ${'at ('.repeat(50_000)}\n    at a (/srv/a.js:1:2)`;
    const begun = performance.now();
    expect(new ExceptionInfo(Object.assign(new Error('x'), { stack })).frames).toMatchObject([{ functionName: 'a' }]);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('A chain of causes', () => {
  const chained = (length: number): Error =>
    Array.from({ length }, (_, index) => index).reduce(
      (cause, index) => new Error(`Level ${index}.`, { cause }),
      new Error('The first.'),
    );

  test('is told from the nearest on', () => {
    const { causes } = new ExceptionInfo(chained(2));
    expect(causes.map(({ message }) => message)).toEqual(['Level 0.', 'The first.']);
  });

  test('is followed for ten causes', () => {
    expect(new ExceptionInfo(chained(10)).causes).toHaveLength(10);
    expect(new ExceptionInfo(chained(10)).toString()).not.toContain('[more causes]');
    expect(new ExceptionInfo(chained(11)).causes).toHaveLength(10);
    expect(new ExceptionInfo(chained(11)).toString()).toMatch(/Caused by: \[more causes\]$/);
  });

  test('that leads back is followed once around', () => {
    const [first, second] = [new Error('First.'), new Error('Second.')];
    Object.assign(first, { cause: second });
    Object.assign(second, { cause: first });
    expect(new ExceptionInfo(first).causes.map(({ message }) => message)).toEqual(['Second.']);
    expect(new ExceptionInfo(first).toString()).toMatch(/Caused by: \[circular\]$/);
  });

  test('of anything but an error is told as well', () => {
    expect(new ExceptionInfo(new Error('x', { cause: 'a text' })).causes).toMatchObject([{ message: 'a text' }]);
    expect(new ExceptionInfo(new Error('x', { cause: null })).causes).toEqual([]);
  });
});

test('Of an aggregate ten errors are told, and only so many aggregates within aggregates', () => {
  const many = new AggregateError(Array.from({ length: 50 }, (_, index) => new Error(String(index))));
  expect(new ContextualExceptionInfo(many, context).errors.map(({ message }) => message)).toEqual(
    Array.from({ length: 10 }, (_, index) => String(index)),
  );
  const itself = new AggregateError([]);
  itself.errors.push(itself);
  const depthOf = (info: ContextualExceptionInfo): number => 1 + Math.max(0, ...info.errors.map(depthOf));
  expect(depthOf(new ContextualExceptionInfo(itself, context))).toBe(4);
});
