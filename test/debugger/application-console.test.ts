import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Injectable, Module, Scope } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { APPLICATION_HELP, applicationFrame } from '../../src/debugger/application-console.js';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { type Host, startHost } from '../support/host.js';

@Injectable()
class JobsService {
  readonly jobs = ['paint'];
  find(id: number): string | undefined {
    return this.jobs[id];
  }
}

@Injectable({ scope: Scope.TRANSIENT })
class Ticket {}

@Controller('jobs')
class JobsController {}

/** A class as a default export names it, which no variable can be called by, and two of one name. */
const { default: Unspeakable } = {
  default: class {
    readonly isSilent = true;
  },
};
const storages = [1, 2].map((shelf) => {
  class Storage {
    readonly shelf = shelf;
  }
  return Storage;
});
const [LeftStorage = Object, RightStorage = Object] = storages;

@Module({ providers: [LeftStorage] })
class LeftModule {}

@Module({
  providers: [RightStorage, { provide: 'DEPTH', useValue: 7 }, { provide: Symbol.for('height'), useValue: 8 }],
})
class RightModule {}

let host: Host;
let output: CapturedConsole;
let opened: FrameConsole;
beforeAll(async () => {
  host = await startHost('express', {
    imports: [{ module: LeftModule, global: true }, RightModule],
    controllers: [JobsController],
    providers: [JobsService, Ticket, Unspeakable],
  });
  output = new CapturedConsole();
  output.start();
  const application = { moduleRef: host.app.get(ModuleRef), server: host.app.getHttpServer() as unknown };
  opened = new FrameConsole(applicationFrame(application), output, APPLICATION_HELP);
});
afterAll(async () => {
  output.stop();
  await host.close();
});

/** What an input comes to: its value, what was written, or why it failed. */
async function run(input: string): Promise<string> {
  const { value, error, lines } = await opened.run(input);
  return [...lines, ...(error === null ? [] : [error.split('\n')[0]]), ...(value === null ? [] : [value.text])].join(
    '\n',
  );
}

describe('The console of the application', () => {
  test.each([
    ['get(JobsService).find(0)', '"paint"'],
    ["get('JobsService') === get(JobsService)", 'true'],
    ['$(JobsService) === app.get(JobsService)', 'true'],
    ['this === app', 'true'],
    ['get(JobsController)', 'JobsController {}'],
    ["get('DEPTH') + get(Symbol.for('height'))", '15'],
    ["app.get('DEPTH', { each: true })", '[ 7 ]'],
    ["select('RightModule').get('Storage').shelf", '2'],
    ["select(RightModule).get('DEPTH', { strict: true })", '7'],
    ["select('LeftModule').get('Storage').shelf", '1'],
    ['(await resolve(Ticket)) === (await resolve(Ticket))', 'false'],
    ["(await resolve('Ticket')) instanceof Ticket", 'true'],
    ['const id = { id: 1 }; (await resolve(Ticket, id)) === (await app.resolve(Ticket, id))', 'true'],
    ['app.getHttpServer().listening', 'true'],
    ['app.getHttpAdapter().getType()', '"express"'],
    ["require('node:path').posix.sep", '"/"'],
    ["(await import('node:path')).posix.sep", '"/"'],
    ["require('acorn') === (await import('acorn'))", 'false'],
  ])('has the application in reach: %s', async (input, text) => {
    expect(await run(input)).toBe(text);
  });

  test.each([
    ["get('JobService')", /^Error: There is no provider or controller “JobService”\. Did you mean JobsService\?/],
    ["get('Nothing like it')", /^Error: There is no provider or controller “Nothing like it”\. debug\(\) lists/],
    ["get('Storage')", /^Error: 2 classes are called “Storage”, in LeftModule, RightModule\. .*select\('LeftModule'\)/],
    ["select('LeftModul')", /^Error: There is no module “LeftModul”\. Did you mean LeftModule\?/],
    ['select(JobsService)', /^Error: There is no module “JobsService”\./],
    ['get(Date)', /Nest could not find Date element/],
    ["select(LeftModule).get('DEPTH', { strict: true })", /Nest could not find DEPTH element/],
    ['await resolve(JobsService)', /JobsService/],
  ])('says why there is none: %s', async (input, message) => {
    expect(await run(input)).toMatch(message);
  });

  test('shows a trace of what was typed alone', async () => {
    const { error } = await opened.run('function fail() {\n  throw new RangeError("on purpose");\n}\nfail()');
    expect(error).toMatch(/^RangeError: on purpose\n\s+at .*\(eval:\d+:\d+\)\n\s+at .*\(eval:\d+:\d+\)$/);
  });

  test('shows of what it offers nothing but the refusal', async () => {
    const { error } = await opened.run("get('Nothing like it')");
    expect(error).toMatch(/^Error: There is no provider .*\n\s+at eval \(eval:\d+:\d+\)$/);
  });

  test('lists what there is', async () => {
    expect(await run("debug('RightModule')")).toBe(
      "RightModule:\n- providers\n  ◻ Storage\n  ◻ 'DEPTH'\n  ◻ Symbol(height)\nundefined",
    );
    const all = await run('debug()');
    expect(all).toMatch(/^HostModule:\n- controllers\n {2}◻ JobsController\n- providers\n {2}◻ JobsService\n/m);
    expect(all).not.toMatch(/InternalCoreModule|ApplicationConfig|ModuleRef/);
    expect(await run('methods(JobsService)')).toBe('- methods\n  ◻ find\nundefined');
    expect(await run("methods('JobsService')")).toBe('- methods\n  ◻ find\nundefined');
  });

  test('tells of itself', async () => {
    for (const input of ['help', 'help()', ' help; ']) expect(await run(input)).toBe(APPLICATION_HELP);
  });

  test('keeps what is declared and the last result, and changes what the application has', async () => {
    await run('const jobs = get(JobsService).jobs');
    expect(await run("jobs.push('sand')")).toBe('2');
    expect(await run('_ + 1')).toBe('3');
    expect(host.app.get(JobsService).jobs).toEqual(['paint', 'sand']);
    // A class is a variable like any other, and leaves the application’s as it is.
    expect(await run("const JobsService = 'mine'; JobsService")).toBe('"mine"');
    expect(await run("get('JobsService').jobs.pop()")).toBe('"sand"');
  });

  test('completes the names of classes, and members of instances', async () => {
    expect(opened.complete('get(JobsC')).toEqual(['JobsController']);
    expect(opened.complete('app.getHttp')).toEqual(['getHttpAdapter', 'getHttpServer']);
    await run("const service = get('JobsService')");
    expect(opened.complete('service.f')).toEqual(['find']);
    expect(opened.complete('defaul')).toEqual([]);
  });
});
