import { describe, expect, test } from '@jest/globals';
import { ErrorInterface, InvalidErrorDefinition } from '../../../src/catalog.js';
import { readErrorInterface, showErrorInterface } from '../../../src/catalog/job-types/dto/error-interface-document.js';

const pointersOf = (code: () => unknown): (string | undefined)[] => {
  try {
    code();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidErrorDefinition);
    return (error as InvalidErrorDefinition).errors.map(({ pointer }) => pointer);
  }
  return [];
};
const pointers = (document: unknown): (string | undefined)[] => pointersOf(() => readErrorInterface(document));

describe('An error interface', () => {
  test('is of version 1.0 without a version, and empty without exit codes', () => {
    for (const document of [{}, { version: '1.0' }, { exit_codes: {} }]) {
      expect(readErrorInterface(document)).toMatchObject({ version: '1.0', models: [] });
      expect(readErrorInterface(document).exitCodes.size).toBe(0);
    }
  });

  test('names errors, and defines them as far as it likes', () => {
    const full = { name: 'b', title: 'B', description: 'Bad.', category: 'DATA', should_be_retried: true };
    const read = readErrorInterface({ exit_codes: { 1: 'a', 2: full, 255: { name: 'c', title: null } } });
    expect([...read.exitCodes]).toEqual([
      [1, 'a'],
      [2, { name: 'b', title: 'B', description: 'Bad.', category: 'DATA', shouldBeRetried: true }],
      [255, { name: 'c', title: null }],
    ]);
    expect([...read.names]).toEqual([
      [1, 'a'],
      [2, 'b'],
      [255, 'c'],
    ]);
    expect(read.models.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  test.each(['1.1', '2.0', '', 1, 1.0, null, true, ['1.0'], {}])('of version %p is refused', (version) => {
    expect(pointers({ version })).toEqual(['#/version']);
  });

  test.each([null, [], 'a', 7, true])('with the exit codes %p is refused', (exitCodes) => {
    expect(pointers({ exit_codes: exitCodes })).toEqual(['#/exit_codes']);
  });

  test.each(['0', '256', '-1', '01', '1.0', '1e1', '+1', ' 1', '', 'x', '9'.repeat(400)])(
    'with the exit code “%s” is refused',
    (code) => {
      expect(pointers({ exit_codes: { [code]: 'a' } })).toEqual([`#/exit_codes/${encodeURIComponent(code)}`]);
    },
  );

  test.each([null, 7, true, [], ['a'], '', ' ', 'x'.repeat(51), 'a\0b'])('that reports %p is refused', (value) => {
    expect(pointers({ exit_codes: { 1: value } })).toEqual(['#/exit_codes/1']);
  });

  test('is refused when something is nested too deep to be looked at', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
    expect(pointers({ exit_codes: { 1: { name: deep }, 2: { name: deep } } })).toEqual(['#/exit_codes']);
    expect(pointers({ exit_codes: { 1: 'a' }, colour: deep })).toEqual(['#/colour']);
  });

  test('is refused with a pointer to everything that is wrong', () => {
    const document = {
      version: '3',
      colour: 'blue',
      exit_codes: {
        0: 'success',
        1: { title: 'No name' },
        2: { name: 'a', title: 'x'.repeat(51), description: '', category: 'SYSTEM', should_be_retried: 'yes' },
        3: { name: 'b', is_builtin: true },
        4: 7,
        'a/b': 'c',
      },
    };
    expect(pointers(document).sort()).toEqual([
      '#/colour',
      '#/exit_codes/0',
      '#/exit_codes/1/name',
      '#/exit_codes/2/category',
      '#/exit_codes/2/description',
      '#/exit_codes/2/should_be_retried',
      '#/exit_codes/2/title',
      '#/exit_codes/3/is_builtin',
      '#/exit_codes/4',
      '#/exit_codes/a~1b',
      '#/version',
    ]);
  });

  test('defines an error once, or alike', () => {
    const alike = { 1: { name: 'a' }, 2: { name: 'a', title: null, category: 'ALGORITHM', should_be_retried: false } };
    expect(readErrorInterface({ exit_codes: alike }).models).toHaveLength(1);
    expect(pointers({ exit_codes: { 1: { name: 'a' }, 2: { name: 'a', title: 'A' } } })).toEqual(['#/exit_codes/2']);
    const contradicting = { exitCodes: { 1: { name: 'a' } }, errors: [{ name: 'b' }, { name: 'a', title: 'A' }] };
    expect(pointersOf(() => new ErrorInterface(contradicting))).toEqual(['#/errors/1']);
  });

  test('is written in code as well, with errors that no exit code reports', () => {
    const exitCodes = new Map([[1, 'a']]);
    const { models } = new ErrorInterface({ exitCodes, errors: [{ name: 'b' }] });
    expect(models).toEqual([{ name: 'b' }]);
    expect(pointersOf(() => new ErrorInterface({ exitCodes: { 300: 'a' }, errors: [{ name: '' }] }))).toEqual([
      '#/exit_codes/300',
      '#/errors/0/name',
    ]);
  });

  test('that is shown can be read again, and names what it has defined', () => {
    const stored = {
      jobTypeName: 'job',
      title: 'A',
      description: null,
      category: 'DATA',
      shouldBeRetried: true,
    } as const;
    const shown = showErrorInterface([
      { ...stored, exitCode: 20, errorId: 7, name: 'a' },
      { ...stored, exitCode: 3, errorId: 7, name: 'a' },
      { ...stored, exitCode: 4, errorId: 1, name: 'database', jobTypeName: null, category: 'SYSTEM' },
    ]);
    expect(shown).toEqual({
      version: '1.0',
      exit_codes: {
        3: { name: 'a', title: 'A', description: null, category: 'DATA', should_be_retried: true },
        4: 'database',
        20: 'a',
      },
    });
    expect([...readErrorInterface(shown).names.values()]).toEqual(['a', 'database', 'a']);
  });
});
