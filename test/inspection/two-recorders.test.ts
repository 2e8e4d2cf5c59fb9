import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

test('An application that ends takes no variables from another one of its process', async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [resolve('dist/test/support/two-recorders.js')]);
  expect(JSON.parse(stdout)).toEqual({ job: '"nightly"' });
});
