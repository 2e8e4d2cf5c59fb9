import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { adapters } from '../support/host.js';
import { HostProcess } from '../support/host-process.js';
import { CANARY, canaryIn, SECRET_NAMES } from '../support/contextual/canaries.js';
import { ownFrames, type Reported } from '../support/contextual/report-reading.js';

const TYPES = [
  'application/json',
  'application/problem+json',
  'text/html',
  'application/xml',
  'application/problem+xml',
  'text/plain',
  'text/markdown',
] as const;

const named = (place: string, write: (name: string) => string = (name) => name): Record<string, string> =>
  Object.fromEntries(SECRET_NAMES.map((name) => [write(name), canaryIn(`${place} ${name}`)]));

const ENVIRONMENT = named('environment', (name) => name.toUpperCase().replace(/\W/g, '_'));

const cookies = Object.entries(named('cookie')).map(([name, value]) => `${name}=${value}`);

const question = {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    cookie: `theme=dark; ${cookies.join('; ')}`,
    authorization: `Bearer ${canaryIn('bearer')}`,
    'proxy-authorization': `Basic ${Buffer.from(`user:${canaryIn('basic')}`).toString('base64')}`,
    'x-colour': 'green',
    ...named('header', (name) => `x-own-${name}`),
  },
  body: JSON.stringify({ colour: 'blue', nested: { list: [named('nested body')] }, ...named('body') }),
};
const path = `/secrets?colour=red&${new URLSearchParams(named('query')).toString()}`;

describe.each(adapters)('On %s', (adapter) => {
  let host: HostProcess;
  beforeAll(async () => void (host = await HostProcess.started(adapter, { environment: ENVIRONMENT })));
  afterAll(() => host.stop());

  test.each(TYPES)('no secret is in the answer as %s', async (type) => {
    const { status, headers, body } = await host.ask(path, {
      ...question,
      headers: { ...question.headers, accept: type },
    });
    expect(status).toBe(500);
    expect(headers['content-type']).toMatch(new RegExp(`^${type.replace('+', '\\+')}`));
    // Whatever is left out, the report is there.
    expect(body).toContain('SecretKeepingController.keep');
    expect(body).toContain('[redacted]');
    expect(body.match(CANARY) ?? []).toEqual([]);
  });

  test('what is no secret is shown beside them', async () => {
    const report = await host.json<Reported>(path, question);
    expect(report.req).toMatchObject({ cookies: { theme: 'dark' }, headers: { 'x-colour': 'green' } });
    expect(report.req.url).toContain('/secrets?colour=red&');
    const { locals } = ownFrames(report).at(-1) ?? {};
    expect(locals).toMatchObject({
      password: '[redacted]',
      harmless: '"[redacted]"',
      settings:
        '{ database: { password: [redacted], port: 5432 }, list: [ { apiKey: [redacted] } ], map: Map(1) { "token" => [redacted] } }',
      pair: '[ "password", [redacted] ]',
      url: '"postgres://jobs:[redacted]@127.0.0.1/jobs"',
      body: expect.stringContaining('{ colour: "blue", nested: '),
    });
    expect(report.exc_value).toMatch(/^8 things are kept at postgres:\/\/jobs:\[redacted\]@127\.0\.0\.1\/jobs with /);
  });
});
