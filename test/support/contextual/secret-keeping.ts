import { Body, Controller, Headers, Post } from '@nestjs/common';
import { canaryIn } from './canaries.js';

/** Fails with secrets in its variables, under their own names and under others. */
@Controller('secrets')
export class SecretKeepingController {
  @Post()
  keep(@Body() body: Record<string, unknown>, @Headers() headers: Record<string, string>): never {
    const [password, apiKey, clientSecret, harmless] = ['local-a', 'local-b', 'local-c', 'local-a'].map(canaryIn);
    const settings = {
      database: { password, port: 5432 },
      list: [{ apiKey }],
      map: new Map([['token', clientSecret]]),
    };
    const pair = ['password', canaryIn('pair')];
    const text = `{"password":"${canaryIn('json')}"}`;
    const url = `postgres://jobs:${canaryIn('url')}@127.0.0.1/jobs`;
    const cut = `${'-'.repeat(190)}${String(password)}`;
    const copies = {
      first: body['password'],
      second: headers['authorization'],
      third: harmless,
      all: { ...process.env },
    };
    const bodyToken: string = 'canary-5e5e5e5e5e5e5e5e5e5e5e5e';
    const longSecret =
      'canary-6f6f6f6f6f6f6f6f6f6f6f6f' + // A value on the line after its name.
      String(harmless);
    const told = [settings, pair, text, url, cut, copies, bodyToken, longSecret].length;
    throw new Error(`${told} things are kept at ${url} with ${String(password)} and token=${canaryIn('message')}`);
  }
}
