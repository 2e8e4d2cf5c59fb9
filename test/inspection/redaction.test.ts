import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Redaction, RedactionRules } from '../../src/inspection/redaction.js';

const redaction = new Redaction();

describe('A name is that of a secret', () => {
  test.each([
    ...[
      'password',
      'PASSWORD',
      'userPassword',
      'user_password',
      'db-password',
      'passwd',
      'PGPASSWORD',
      'pwd',
      'pass',
      'DB_PASS',
      'smtpPass',
      'licenseKey',
      'hmac',
      'pw',
    ],
    ...['passphrase', 'passcode', 'secret', 'clientSecret', 'CLIENT_SECRET', 'token', 'accessToken', 'refresh_token'],
    ...[
      'x-auth-token',
      'Authorization',
      'proxy-authorization',
      'Cookie',
      'set-cookie',
      'apiKey',
      'API_KEY',
      'x-api-key',
    ],
    ...['apikey', 'accessKey', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'privateKey', 'private.key', 'signingKey'],
    ...[
      'encryption_key',
      'sshKey',
      'masterKey',
      'credentials',
      'sessionId',
      'session',
      'sid',
      'connect.sid',
      'jwt',
      'bearer',
    ],
    ...[
      'csrf',
      '_csrf',
      'xsrf-token',
      'signature',
      'otp',
      'totp',
      'pin',
      'card_pin',
      'pinCode',
      'cardNumber',
      'creditCard',
    ],
    ...['cc', 'cvv', 'cvc', 'ssn', 'iban', 'dsn', 'SENTRY_DSN', 'connectionString', 'DATABASE_URL', 'x-jwt-assertion'],
  ])('%s', (name) => {
    expect(redaction.isSecret(name)).toBe(true);
  });
});

describe('A name is harmless', () => {
  test.each([
    ...['tokenCount', 'token_type', 'maxTokens', 'max_tokens', 'promptTokens', 'total_tokens', 'tokens', 'tokenizer'],
    ...[
      'cookieName',
      'cookie_consent',
      'isToken',
      'hasPassword',
      'is_secret',
      'name',
      'user',
      'id',
      'key',
      'keys',
      'keyboard',
    ],
    ...[
      'monkey',
      'compass',
      'passenger',
      'pinned',
      'shipping',
      'spin',
      'accept',
      'account',
      'author',
      'sidebar',
      'inside',
    ],
    ...['url', 'processed', 'sessions', 'url', 'option', 'bypass', 'path', 'passed'],
  ])('%s', (name) => {
    expect(redaction.isSecret(name)).toBe(false);
  });
});

describe('A host’s own names', () => {
  const own = new Redaction(new RedactionRules(['vatNumber', 'birth-date', /^x-internal-/g]));

  test.each(['vatNumber', 'VAT_NUMBER', 'customerVatNumber', 'birthDate', 'birth_date', 'x-internal-a', 'password'])(
    '%s is one of them, or a usual one',
    (name) => {
      expect(own.isSecret(name)).toBe(true);
      expect(own.isSecret(name)).toBe(true);
    },
  );

  test.each(['vat', 'number', 'birthday', 'my-x-internal-a'])('%s is none', (name) => {
    expect(own.isSecret(name)).toBe(false);
  });
});

describe('In a text', () => {
  test.each([
    ['password=canary', 'password=[redacted]'],
    ['password = canary and more', 'password = [redacted] and more'],
    ['token: canary', 'token: [redacted]'],
    ['a=1&token=canary&b=2', 'a=1&token=[redacted]&b=2'],
    ['{"password":"canary two","user":"a"}', '{"password":[redacted],"user":"a"}'],
    ['{"password":"can\\"ary"}', '{"password":[redacted]}'],
    ['{\\"password\\":\\"canary\\",\\"user\\":1}', '{\\"password\\":[redacted],\\"user\\":1}'],
    ["{ password: 'canary two' }", '{ password: [redacted] }'],
    ['{"password":"canary that was cut', '{"password":[redacted]'],
    ['Authorization: Bearer canary.a.b', 'Authorization: [redacted]'],
    ['authorization=Basic Y2FuYXJ5', 'authorization=[redacted]'],
    ['sent Bearer c4nary-token', 'sent Bearer [redacted]'],
    ['postgres://user:canary@host/db', 'postgres://user:[redacted]@host/db'],
    ['redis://:canary@host', 'redis://:[redacted]@host'],
    ['secret: [redacted]', 'secret: [redacted]'],
    ['Login failed: password=canary', 'Login failed: password=[redacted]'],
    ['error=token=canary', 'error=token=[redacted]'],
    ['options: {password: canary}', 'options: {password: [redacted]}'],
    ['https://x/r?token=canary&secret=canary', 'https://x/r?token=[redacted]&secret=[redacted]'],
    ['{"credentials":{"user":"a","value":{"of":"canary"}},"b":1}', '{"credentials":[redacted],"b":1}'],
    ['secrets: { a: canary, b: canary', 'secrets: [redacted]'],
    ['a: b: c: password: canary', 'a: b: c: password: [redacted]'],
    ['sent Basic Y2FuYXJ5OmNhbmFyeQ==1', 'sent Basic [redacted]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nmore', '[redacted]\nmore'],
    ['-----BEGIN PRIVATE KEY-----\nMII', '[redacted]'],
    [`by ghp_${'a1'.repeat(18)}.`, 'by [redacted].'],
    [`by eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-_.`, 'by [redacted].'],
  ])('%s becomes %s', (text, clean) => {
    expect(redaction.text(text)).toBe(clean);
  });

  test.each([
    ['tokenCount=5 and user=a'],
    ['Map(1) { "token" => [redacted] }'],
    ['The token is missing.'],
    ['Bearer authentication is wanted.'],
    ['Basic authentication is wanted: a Bearer is not.'],
    ['-----BEGIN CERTIFICATE-----'],
    ['{ token: undefined, password: null, apiKey: "" }'],
    ['https://host:8080/a@b'],
    ['    at Tokens.read (/srv/tokens/token.ts:10:5)'],
    ['    at file:///srv/secret.js:3:7'],
    ['mailto:a@b.example'],
  ])('%s stays as it is', (text) => {
    expect(redaction.text(text)).toBe(text);
  });

  test.each([
    ['x'.repeat(1_000_000)],
    ['a.'.repeat(200_000)],
    ['a:'.repeat(200_000)],
    ['a://b:'.repeat(100_000)],
    ['password="'.repeat(20_000)],
    ["token='\\".repeat(20_000)],
    ['Bearer '.repeat(100_000)],
    ['token=['.repeat(20_000)],
    ['-----BEGIN PRIVATE KEY-----'.repeat(20_000)],
    ['eyJaaaaaaaa.'.repeat(50_000)],
    ['token={'.repeat(20_000)],
    ['token={a,'.repeat(20_000)],
    ['token={{a}'.repeat(20_000)],
  ])('a long one takes no time (%#)', (text) => {
    const begun = performance.now();
    redaction.text(text);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('In source code', () => {
  test.each([
    [["const password = 'canary';"], ['const password = [redacted];']],
    [["const apiKey: string = 'canary';"], ['const apiKey: string = [redacted];']],
    [['const token = process.env.TOKEN ?? "canary";'], ['const token = process.env.TOKEN ?? [redacted];']],
    [
      ['const secret =', "  'canary' +", "  'and the rest';"],
      ['const secret =', '  [redacted] +', '  [redacted];'],
    ],
    [["{ user: 'a', password: 'canary' }"], ["{ user: 'a', password: [redacted] }"]],
    [["config['apiKey'] = 'canary';"], ["config['apiKey'] = [redacted];"]],
    [
      ['const token = `can', 'ary`;', 'next();'],
      ['const token = [redacted]', ';', 'next();'],
    ],
    [['const pin = 123456;'], ['const pin = [redacted];']],
    [["connect('redis://u:canary@h');"], ["connect('redis://u:[redacted]@h');"]],
    [["connect('jdbc:x?password=canary&ssl=1');"], ["connect('jdbc:x?password=[redacted]&ssl=1');"]],
    [["const header = 'Authorization: Bearer canary7';"], ["const header = 'Authorization: [redacted]';"]],
    [[`const gh = 'ghp_${'a1'.repeat(18)}';`], ["const gh = '[redacted]';"]],
    [
      ['const pem = `-----BEGIN PRIVATE KEY-----', 'MII', '-----END PRIVATE KEY-----`;', 'next();'],
      ['const pem = `[redacted]', '', '`;', 'next();'],
    ],
    [["accessToken: 'canary, of which there is mo…"], ['accessToken: [redacted]']],
  ])('%j becomes %j', (lines, clean) => {
    expect(redaction.source(lines)).toEqual(clean);
  });

  test.each([
    [['const token = request.headers.token;']],
    [['password: string;']],
    [["if (token === '') throw new Error('The token is missing.');"]],
    [["tokens.map((token) => 'seen');"]],
    [["send('token=' + token);"]],
    [['send(`password=${password}`);']],
    [["const user = 'a';", '', '  // The password is elsewhere.']],
  ])('%j stays as it is', (lines) => {
    expect(redaction.source(lines)).toEqual(lines);
  });

  test('a secret that is known is found under any name, and where its rest was cut off', () => {
    const known = new Redaction();
    known.remember('a-canary-that-is-known-by-its-beginning');
    expect(known.source(["const a = 'a-canary-that-is-known-by-its-beginning';", 'next();'])).toEqual([
      "const a = '[redacted]';",
      'next();',
    ]);
    expect(known.source(["const a = 'a-canary-that-is-known-by-its-and-no-more';"])).toEqual([
      "const a = '[redacted]and-no-more';",
    ]);
    expect(known.source(["const a = 'a-canary-th…"])).toEqual(["const a = '[redacted]…"]);
  });
});

test('The directory that the program runs in is no secret, whatever holds it', () => {
  const own = new Redaction();
  own.remember(process.cwd());
  own.remember(dirname(process.cwd()));
  expect(own.text(`${process.cwd()}/src/a.ts`)).toBe(`${process.cwd()}/src/a.ts`);
});

describe('A secret that is known', () => {
  const knowing = (value: unknown): Redaction => {
    const own = new Redaction();
    own.remember(value);
    return own;
  };

  test.each<[string, unknown, string, string]>([
    ['is found anywhere', 'canary-123', 'so canary-123.', 'so [redacted].'],
    ['is found in a structure', { a: [{ b: 'canary-1234' }] }, 'canary-1234', '[redacted]'],
    ['is found in a Map', new Map([['a', 'canary-1234']]), 'canary-1234', '[redacted]'],
    ['is found as a number', 4111111111111111, 'card 4111111111111111', 'card [redacted]'],
    ['is found after its scheme', 'Bearer canary', 'canary!', '[redacted]!'],
    ['is found in Basic', `Basic ${Buffer.from('u:canary').toString('base64')}`, 'canary!', '[redacted]!'],
    ['is found in its address', 'redis://u:canary@h', 'canary!', '[redacted]!'],
    ['is found encoded', 'can/ary=1', 'x=can%2Fary%3D1', 'x=[redacted]'],
    ['is found escaped', 'can"ary', '{"a":"can\\"ary"}', '{"a":"[redacted]"}'],
    ['is found where it was cut', 'canary-1234567890', '"say canary-12345…"', '"say [redacted]…"'],
    ['is found by its beginning', 'canary'.repeat(99), `"${'canary'.repeat(20)}" …`, '"[redacted]" …'],
    ['is not looked for when it is short', 'abc', 'abcdef', 'abcdef'],
  ])('%s', (_fact, value, text, clean) => {
    expect(knowing(value).text(text)).toBe(clean);
  });

  test('is learnt from another one', () => {
    const own = new Redaction();
    own.absorb(knowing('canary-123'));
    expect(own.text('canary-123')).toBe('[redacted]');
  });

  test('is remembered without running anything', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('This was run.');
        },
      },
    );
    expect(() =>
      knowing({
        hostile,
        get a(): never {
          throw new Error('This was run.');
        },
      }),
    ).not.toThrow();
  });

  test('is not remembered without end', () => {
    const own = new Redaction();
    for (let index = 0; index < 10_000; index++) own.remember(`canary-${index}-0123456789`);
    const begun = performance.now();
    own.remember('canary '.repeat(10_000_000));
    for (let index = 0; index < 100; index++) own.text('A text of an ordinary length, as there are many.');
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
