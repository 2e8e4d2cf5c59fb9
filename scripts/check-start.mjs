// Does what the README says first: `npm start`, then a request. Kills the service and proves that what was POSTed is there
// after the next start. Run it after `npm ci`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const TOKEN = 'check-start';
const START_TIMEOUT = 120_000;

const port = await freePort();
const origin = `http://127.0.0.1:${port}`;

const first = start();
const page = await firstAnswer(first);
expect(page.count === 26 && page.results.length === 2, `the first page is ${JSON.stringify(page)}`);
const created = await fetch(`${origin}/v6/errors/`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'check-start', title: 'Check', description: 'Is it kept?', category: 'DATA' }),
});
expect(created.status === 201, `POST was answered with ${created.status}`);
const { id } = await created.json();
await end(first, 'SIGKILL');

const second = start();
await firstAnswer(second);
const kept = await fetch(`${origin}/v6/errors/${id}/`);
expect(kept.status === 200, `after the kill the error was answered with ${kept.status}`);
await end(second, 'SIGTERM');
console.log('npm start answers, and keeps what it acknowledged when it is killed.');

function start() {
  // A group of its own, so that npm, the Nest command line and the service are ended together.
  const child = spawn('npm', ['start'], {
    detached: true,
    env: { ...process.env, PORT: String(port), ADMIN_TOKEN: TOKEN },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => signal(child, 'SIGKILL'));
  return child;
}

async function firstAnswer(child) {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    expect(child.exitCode === null, `npm start ended with ${child.exitCode}`);
    expect(performance.now() < deadline, 'npm start did not answer in time');
    try {
      return await (await fetch(`${origin}/v6/errors/?page_size=2`)).json();
    } catch {
      await delay(100);
    }
  }
}

async function end(child, name) {
  signal(child, name);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended already.
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  await once(probe, 'close');
  return free;
}

function expect(isTrue, otherwise) {
  if (isTrue) return;
  console.error(`The README’s first command does not do what it says: ${otherwise}.`);
  process.exit(1);
}
