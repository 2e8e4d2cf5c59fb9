import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

/** A program that finds every package but one, as if that were not installed. */
const program = (options: string): string => `
  import { register } from 'node:module';
  const hooks = \`export const resolve = (name, context, next) =>
    next(name, name === '@nestjs/swagger' ? { ...context, parentURL: 'file:///nowhere/host.js' } : context);\`;
  register('data:text/javascript,' + encodeURIComponent(hooks));
  const { ErrorModule } = await import('./dist/src/index.js');
  await ErrorModule.forRoot(${options}).then(() => console.log('made'), ({ message }) => console.log(message));
`;

const saidOf = async (options: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['--input-type=module', '--no-warnings', '-e', program(options)]))
    .stdout;

describe('In a host without @nestjs/swagger', () => {
  test.each([
    ['catalog.controllers', '{ catalog: { controllers: true, adminGuards: [class Guard {}] } }'],
    ['logging.controllers', '{ logging: { controllers: true } }'],
  ])('%s says what is missing and how to come by it', async (option, options) => {
    const said = await saidOf(options);
    expect(said).toContain(`${option} is on`);
    expect(said).toContain('npm install @nestjs/swagger');
  });

  test('the catalogue and the log are there without their controllers', async () => {
    expect(await saidOf('{ catalog: true, logging: true }')).toBe('made\n');
  });
});
