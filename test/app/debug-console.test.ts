import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsoleClient } from '../support/console-client.js';
import { ServiceProcess } from '../support/service-process.js';
import { bodyOf, type WirePage } from '../support/wire.js';

describe('The service with ERROR_HANDLER=debug', () => {
  let service: ServiceProcess;
  let origin: string;
  beforeAll(async () => {
    service = new ServiceProcess({ NODE_ENV: 'development', ERROR_HANDLER: 'debug' });
    origin = await service.origin();
  });
  afterAll(() => service.stop());

  test('has a console with the catalogue in reach', async () => {
    const console = await ConsoleClient.ofApplication(service.output);
    const { count } = await bodyOf<WirePage>(fetch(`${origin}/v6/errors/`));
    expect(await console.read('const errors = get(ErrorsService)')).toBe('undefined');
    expect(await console.read("errors.getBuiltinError('database').name")).toBe('"database"');
    expect(await console.read('(await errors.getErrors()).length')).toBe(String(count));
    expect(await console.read("get('ErrorsService') === errors")).toBe('true');
    expect(await console.complete('errors.getUnk')).toEqual(['getUnknownError']);
  });
});
