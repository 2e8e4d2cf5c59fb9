import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { HttpException } from '@nestjs/common';
import * as entry from '../../src/index.js';
import { HttpError, httpErrors, type HttpErrorOptions, MethodNotAllowed, NotFound } from '../../src/index.js';
import { contextualRegister, everyClass, register } from '../support/http-error-register.js';

type ErrorClass = (new (detail?: unknown, options?: HttpErrorOptions) => HttpError) & typeof HttpError;

const classOf = (name: string): ErrorClass => (entry as unknown as Record<string, ErrorClass>)[name] as ErrorClass;
const make = (name: string, detail?: unknown, options?: HttpErrorOptions): HttpError =>
  name === 'MethodNotAllowed' ? new MethodNotAllowed([], detail, options) : new (classOf(name))(detail, options);

describe.each(everyClass)('%s', (name, code, message, parent) => {
  const isOfStatus = register.some(([known]) => known === name);

  test(`is ${code}`, () => {
    const error = make(name);
    expect(error).toMatchObject({ name, code, message, errorType: null, isBreaking: true, sourceRoute: null });
    expect(error.getStatus()).toBe(code);
    expect(httpErrors.get(code)).toBe(classOf(isOfStatus ? name : parent));
  });

  test(`is a ${parent}, an HttpError and an HttpException of Nest's`, () => {
    const error = make(name);
    for (const type of [classOf(name), classOf(parent), HttpError, HttpException, Error])
      expect(error).toBeInstanceOf(type);
    const others = everyClass.filter(([other]) => other !== name && other !== parent);
    expect(others.filter(([other]) => error instanceof classOf(other))).toEqual([]);
  });

  test('says what happened and what to try, without repeating its message', () => {
    const { detail } = make(name);
    expect(detail).toMatch(/^[A-Z].{30,}\.$/);
    expect(String(detail).toLowerCase()).not.toContain(message.toLowerCase().replace(/\.$/, ''));
    const sameDetail = register.filter(([other]) => make(other).detail === detail);
    expect(sameDetail.map(([other]) => other)).toEqual([isOfStatus ? name : parent]);
  });

  test('takes every option', () => {
    const cause = new Error('why');
    const options = {
      message: 'Short',
      errorType: 'bad-input',
      isBreaking: false,
      sourceRoute: 'GET /a',
      mimetype: 'text/plain',
      contentType: 'text/plain; charset=ascii',
      headers: { 'Retry-After': '5' },
      errors: [{ pointer: '#/a', detail: 'Wrong.' }],
      cause,
    };
    const error = make(name, { any: 'structure' }, options);
    const { headers, ...others } = options;
    expect(error).toMatchObject({ ...others, code, detail: { any: 'structure' } });
    expect(error.headers).toMatchObject(headers);
    expect(error.toDict()).toEqual({ code, message: 'Short', detail: { any: 'structure' }, error_type: 'bad-input' });
    expect(error.getResponse()).toEqual(error.toDict());
  });

  test('has a stack when the server is at fault, and costs none when the client is', () => {
    expect(make(name).stack?.includes('\n    at ')).toBe(code >= 500);
    expect(Error.stackTraceLimit).toBeGreaterThan(0);
  });
});

describe('HttpError', () => {
  test('has the classes of all statuses in a map that is in their order', () => {
    expect([...httpErrors.keys()]).toEqual(register.map(([, code]) => code));
  });

  test('has classes beside them that no status is answered with by itself', () => {
    const types = [...httpErrors.values()];
    expect(contextualRegister.filter(([name]) => types.some((type) => type.name === name))).toEqual([]);
  });

  test.each([200, 399, 600, 0, -1, 404.5, NaN])('with code %p is 500', (code) => {
    expect(new HttpError('x', { code }).code).toBe(500);
  });

  test('with a code of its own has that', () => {
    expect(new NotFound('x', { code: 410 }).getStatus()).toBe(410);
    expect(new HttpError('x', { code: 599 }).code).toBe(599);
  });

  test('has one id for each occurrence', () => {
    const error = new NotFound();
    expect(error.occurrence).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(error.occurrence).toBe(error.occurrence);
    expect(new NotFound().occurrence).not.toBe(error.occurrence);
  });

  test('is extended by hosts', () => {
    class NoSuchJob extends NotFound {
      static override readonly defaults = {
        code: 404,
        message: 'No such job',
        detail: 'The job is not here any more.',
      };
    }
    const error = new NoSuchJob();
    expect(error).toMatchObject({
      name: 'NoSuchJob',
      code: 404,
      message: 'No such job',
      detail: 'The job is not here any more.',
    });
    expect(error).toBeInstanceOf(NotFound);
    expect(new NotFound()).not.toBeInstanceOf(NoSuchJob);
  });

  test('is recognised when another copy of the package made it', () => {
    // What the CommonJS build leaves on its errors, which have nothing else in common with those of the ES modules.
    const foreign = Object.assign(new Error('x'), {
      [Symbol.for('nestjs-errata.brands')]: ['NotFound', 'ClientError', 'HttpError'],
    });
    expect(foreign).toBeInstanceOf(NotFound);
    expect(foreign).toBeInstanceOf(HttpError);
    expect(foreign).not.toBeInstanceOf(MethodNotAllowed);
    expect(Reflect.get(new NotFound(), Symbol.for('nestjs-errata.brands'))).toEqual([
      'NotFound',
      'ClientError',
      'HttpError',
    ]);
  });

  test('is not recognised in anything else, and asking never fails', () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error('trap');
        },
      },
    );
    for (const value of [null, undefined, 7, 'text', {}, Object.create(null), trap, new HttpException('x', 404)]) {
      expect((value as unknown) instanceof HttpError).toBe(false);
    }
  });
});

describe('MethodNotAllowed', () => {
  test('names the methods in Allow and in its detail', () => {
    const error = new MethodNotAllowed(['GET', 'HEAD']);
    expect(error.headers).toEqual({ Allow: 'GET, HEAD' });
    expect(error.detail).toContain('GET, HEAD');
    expect(error.allowedMethods).toEqual(['GET', 'HEAD']);
  });

  test('takes a detail and headers of one’s own', () => {
    const error = new MethodNotAllowed(['GET'], 'Read only.', { headers: { 'X-Other': 'y' } });
    expect(error).toMatchObject({ detail: 'Read only.', headers: { Allow: 'GET', 'X-Other': 'y' } });
  });
});
