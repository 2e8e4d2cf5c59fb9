import type { AdapterKind } from './app-matrix.js';
import { ConsoleClient } from './console-client.js';
import { HostProcess } from './host-process.js';

/** What is typed into the console of the call that failed, one after the other. */
const IN_CALL = [
  'this',
  'price',
  'order.customer',
  'this.#rate',
  'await Promise.resolve(price + tax)',
  'const doubled = price * 2',
  'doubled + 1',
  '_',
  'let doubled = price * 3; doubled',
  'function half(value) { return value / 2 }',
  'half(doubled)',
  'class Box { #inside = order.item; open() { return this.#inside } }',
  'new Box().open()',
  'const { item, ...rest } = order; Object.keys(rest).join()',
  'console.log("seen", tax); order.item',
  '{ a: 1, b: [price, tax] }',
  'Promise.reject(new Error("not awaited"))',
  'await Promise.reject(new TypeError("awaited"))',
  'throw new RangeError("on purpose")',
  'nowhere',
  '1 +* 2',
  'this.stock.plums = 7',
] as const;

/** What is typed into the console of the application. */
const IN_APPLICATION = [
  'get(OrdersService).stock',
  "$('OrdersService') === app.get(OrdersService)",
  'const stock = get(OrdersService).stock; delete stock.plums',
  "get('OrderService')",
  'methods(OrdersController)',
  "(await import('node:path')).posix.sep",
] as const;

const COMPLETED = ['order.cust', 'order.', 'this.#', 'doub', 'this.stock.'] as const;

/** Code that would never end, and code that is awaited. */
const LOOPS = ['while (true) {}', `await new Promise((resolve) => setTimeout(resolve, 500, 'late'))`] as const;

/** Types into the consoles of a host under a Node, and writes down what is read there. */
async function transcript(adapter: AdapterKind, executable: string): Promise<string[]> {
  const host = await HostProcess.started(adapter, {
    program: 'debug-host',
    options: { handler: 'debug', debugger: { console: true } },
    environment: { NODE_ENV: 'development' },
    executable,
  });
  const lines: string[] = [];
  try {
    const { body } = await host.ask('/orders/fail', { headers: { accept: 'text/html' } });
    const call = await ConsoleClient.inCall(body, 'OrdersService.charge', host.output);
    lines.push(`# ${adapter}: the call that failed`);
    for (const input of IN_CALL) lines.push(`> ${input}`, await call.read(input));
    lines.push('# what the application sees', JSON.stringify(await host.json('/orders/stock')));
    for (const input of COMPLETED) lines.push(`> ${input}⇥`, (await call.complete(input)).join(' '));
    for (const input of LOOPS) {
      const running = call.read(input);
      const other = await host.ask('/orders/stock');
      lines.push(`> ${input}`, `another request meanwhile: ${other.status}`, await running);
    }
    lines.push('> price', await call.read('price'));
    const caller = await ConsoleClient.inCall(body, 'OrdersController.fail', host.output);
    lines.push(`# ${adapter}: its caller`);
    for (const input of ['order.amount', 'typeof price']) lines.push(`> ${input}`, await caller.read(input));
    const application = await ConsoleClient.ofApplication(host.output);
    lines.push(`# ${adapter}: the application`);
    for (const input of IN_APPLICATION) lines.push(`> ${input}`, await application.read(input));
  } finally {
    await host.stop();
  }
  return lines;
}

/** What is typed into the consoles of calls that wait at an await, by the names of those. */
const IN_WAITING = [
  ['Warehouse.reserve', 'left'],
  ['OrdersService.place', 'price'],
  ['OrdersService.place', 'this.#rate'],
  ['OrdersService.place', 'await Promise.resolve(order.item)'],
  ['OrdersController.place', 'order'],
] as const;

/** The same in a host that keeps the calls that wait. */
async function waitingTranscript(adapter: AdapterKind, executable: string): Promise<string[]> {
  const host = await HostProcess.started(adapter, {
    program: 'async-frames-host',
    options: { handler: 'debug', debugger: { asyncFrames: true } },
    environment: { NODE_ENV: 'development' },
    executable,
  });
  const lines: string[] = [];
  try {
    const { body } = await host.ask('/orders/place/apples/4', { headers: { accept: 'text/html' } });
    lines.push(`# ${adapter}: calls that wait at an await`);
    for (const [name, input] of IN_WAITING) {
      const call = await ConsoleClient.inCall(body, name, host.output);
      lines.push(`> ${name}: ${input}`, await call.read(input));
    }
  } finally {
    await host.stop();
  }
  return lines;
}

/** The Node that the hosts run under is the argument; the transcript is what is printed. */
const [executable = process.execPath] = process.argv.slice(2);
for (const adapter of ['express', 'fastify'] as const) {
  console.log((await transcript(adapter, executable)).join('\n'));
  console.log((await waitingTranscript(adapter, executable)).join('\n'));
}
process.exit();
