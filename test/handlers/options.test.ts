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
    [{ hander: 'default' }, /has no option “hander”.*handler/],
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
    [{ errors: {} }, /errors is an object.*extend ScaleError/],
    [{ errors: [new Error('no process error')] }, /errors holds an object/],
    [{ errors: [undefined] }, /errors holds undefined/],
    [{ debugger: { allow: true } }, /debugger has no option “allow”/],
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
