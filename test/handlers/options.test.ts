import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ErrorModule, type ErrorModuleOptions } from '../../src/index.js';

/** Options as JavaScript can give them, which has no types to say what there is. */
const refused = async (options: unknown): Promise<string> =>
  ErrorModule.forRoot(options as ErrorModuleOptions).then(
    () => 'nothing was refused',
    (error: unknown) => (error as Error).message,
  );

describe('ErrorModule', () => {
  test.each([
    [{ hander: 'default' }, /the module’s options have no option “hander”.*handler/],
    [5, /the module’s options are 5, and have to be an object of options/],
    [{ handler: 'contextul' }, /handler is “contextul”.*'contextual'/],
    [{ handler: {} }, /handler is an object.*extends ErrorHandler/],
    [{ handler: Date }, /handler is the function Date/],
    [{ handlerOptions: { reraiseUncaugt: true } }, /handlerOptions has no option “reraiseUncaugt”.*reraiseUncaught/],
    [{ handlerOptions: { redact: 'password' } }, /redact is “password”.*list/],
    [{ contextual: true }, /contextual is true.*allowInProduction/],
    [{ renderers: {} }, /renderers has to be a list/],
    [{ renderers: [{ mediaType: 'yaml', render: () => '' }] }, /application\/yaml/],
    [{ renderers: [{ mediaType: 'application/yaml' }] }, /function render/],
    [{ validationStatus: '422' }, /validationStatus is “422”.*number 400 or 422/],
    [{ problemTypeBase: 'errors.example' }, /problemTypeBase is “errors.example”/],
    [{ catalog: { controlers: true } }, /catalog has no option “controlers”.*controllers/],
    [{ catalog: { builtins: 'everything' } }, /catalog\.builtins is “everything”\. Give 'basic', 'all' or a list/],
    [{ catalog: { builtins: {} } }, /catalog\.builtins is an object\. Give 'basic'/],
    [{ catalog: { builtins: null } }, /catalog\.builtins is null\. Give 'basic'/],
    [{ catalog: { builtins: ['unknown'] } }, /catalog\.builtins holds “unknown”\. Give 'basic'/],
    [{ catalog: { builtins: [{ title: 'Nameless' }] } }, /catalog\.builtins holds an object without a name/],
    [{ catalog: { path: 5 } }, /catalog\.path is 5\. Give a text such as 'api'/],
    [{ catalog: { path: null } }, /catalog\.path is null\./],
    [{ catalog: { controllers: 'yes' } }, /catalog\.controllers is “yes”\. Give true or false/],
    [{ catalog: { prepareStatements: 'no' } }, /catalog\.prepareStatements is “no”\. Give true or false/],
    [{ catalog: { adminGuards: 'me' } }, /catalog\.adminGuards is “me”\. Give a list of guards/],
    [{ errors: {} }, /errors is an object.*extend ScaleError/],
    [{ errors: [new Error('no process error')] }, /errors holds an object/],
    [{ errors: [undefined] }, /errors holds undefined/],
    [{ debugger: { allow: true } }, /debugger has no option “allow”.*asyncFrames/],
    [{ debugger: { asyncFrames: 'false' } }, /debugger\.asyncFrames is “false”.*true or false/],
    [{ handler: 'debug', debugger: { asyncFrames: 1 } }, /debugger\.asyncFrames is 1\./],
    [{ debugger: { allowWithoutNodeEnv: null } }, /debugger\.allowWithoutNodeEnv is null/],
    [{ debugger: { console: 'yes' } }, /debugger\.console is “yes”\. Give true or false/],
    [{ debugger: { console: 1 } }, /debugger\.console is 1\. Give true or false/],
  ])('refuses %j and says what there is', async (options, message) => {
    expect(await refused(options)).toMatch(message);
  });

  test('wants to be set up', async () => {
    await expect(Test.createTestingModule({ imports: [ErrorModule] }).compile()).rejects.toThrow(/forRoot\(\)/);
  });

  test('wants to be set up once', async () => {
    @Module({ imports: [ErrorModule.forRoot({ validationStatus: 422 })] })
    class FeatureModule {}

    const twice = Test.createTestingModule({ imports: [ErrorModule.forRoot(), FeatureModule] }).compile();
    await expect(twice).rejects.toThrow(/twice/);
  });

  test('refuses what a factory gives as it refuses it elsewhere', async () => {
    const module = ErrorModule.forRootAsync({ useFactory: () => ({ handler: 'contextual' }) as object });
    await expect(Test.createTestingModule({ imports: [module] }).compile()).rejects.toThrow(/no option “handler”/);
    const none = { useFactory: undefined } as unknown as Parameters<typeof ErrorModule.forRootAsync>[0];
    await expect(ErrorModule.forRootAsync(none)).rejects.toThrow(/useFactory/);
  });
});
