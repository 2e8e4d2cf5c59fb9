import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CapturedConsole } from '../../src/debugger/captured-console.js';
import { FrameConsole } from '../../src/debugger/frame-console.js';
import { sloppyFrame } from '../support/live-frames.js';

const output = new CapturedConsole();
beforeEach(() => output.start());
afterEach(() => output.stop());

test.each<[input: string, line: unknown]>([
  ['console.dir({ a: { b: { c: {} } } }, { depth: 0 })', '{ a: [Object] }'],
  ['console.dir("a")', "'a'"],
  [
    'console.dir({ a: 1, [Symbol.for("nodejs.util.inspect.custom")]: () => "b" }, null)',
    expect.stringContaining('a: 1'),
  ],
  ['console.dirxml({ a: 1 }, "b")', '{ a: 1 } b'],
  ['console.table([7])', expect.stringContaining('7')],
  ['console.debug("a")', 'a'],
])('What an input writes is caught, whichever method writes it: %s', async (input, line) => {
  const { lines } = await new FrameConsole(sloppyFrame(), output).run(input);
  expect(lines).toEqual([line]);
});
