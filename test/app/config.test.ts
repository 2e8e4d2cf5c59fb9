import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/app/config.js';
import { describeDatabase } from '../../src/app/database.js';

describe('The settings', () => {
  const settings = (environment: Record<string, string>): object =>
    Object.fromEntries(Object.entries(readConfig(environment)));
  const problems = (environment: Record<string, string>): string => {
    try {
      readConfig(environment);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as Error).message;
    }
    throw new Error('These settings were accepted.');
  };

  test('have a default each', () => {
    expect(settings({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      databasePoolSize: 10,
      databasePreparedStatements: true,
      databaseWait: 30,
      trustProxy: false,
      logLevel: 'info',
      logDatabaseLevel: 'warn',
      logSpoolMib: 1_024,
      logRetentionDays: 90,
      logRetentionRows: 0,
      errorHandler: 'default',
      shutdownTimeout: 10,
    });
  });

  test('that are set to nothing count as not set', () => {
    const empty = {
      HOST: '',
      PORT: ' ',
      DATABASE_URL: '',
      ADMIN_TOKEN: '',
      TRUST_PROXY: '',
      LOG_LEVEL: '',
      DATA_DIR: '',
    };
    expect(settings(empty)).toEqual(settings({}));
  });

  test('that are wrong are all named at once, each with its variable', () => {
    const message = problems({
      PORT: '70000',
      DATABASE_URL: 'mysql://root:s3cret@db/x',
      DATABASE_POOL_SIZE: 'many',
      ADMIN_TOKEN: 'two words',
      TRUST_PROXY: 'maybe',
      LOG_LEVEL: 'loud',
      LOG_RETENTION_DAYS: 'ever',
      LOG_RETENTION_ROWS: '-1',
      SHUTDOWN_TIMEOUT: '-1',
    });
    const variables = [
      'PORT',
      'DATABASE_URL',
      'DATABASE_POOL_SIZE',
      'ADMIN_TOKEN',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'LOG_RETENTION_DAYS',
      'LOG_RETENTION_ROWS',
      'SHUTDOWN_TIMEOUT',
    ];
    for (const variable of variables) expect(message).toMatch(new RegExp(`^  ${variable} .+\\.$`, 'm'));
    expect(message).not.toMatch(/s3cret|two words/);
  });

  test.each(['abc', '1.5', '-1', '65536', '1e3', '0x10'])('PORT=%s is refused', (port) => {
    expect(problems({ PORT: port })).toContain('PORT');
  });

  test.each(['localhost:5432/x', 'p0stgres', 'http://db/x', 'postgresql://[', 's3cret'])(
    'DATABASE_URL=%s is refused',
    (url) => {
      expect(problems({ DATABASE_URL: url })).not.toContain(url);
    },
  );

  test.each(['u:sek%ret@db/x', 'us%er@db/x', 'u:p@db/x%zz', 'u:p%ff@db/x', 'u:p@%zz/x'])(
    'DATABASE_URL=postgresql://%s is refused for its escapes',
    (rest) => {
      const message = problems({ DATABASE_URL: `postgresql://${rest}`, PORT: 'x' });
      expect(message).toContain('DATABASE_URL has a % in its user, password, host or database');
      expect(message).toContain('PORT');
      expect(message).not.toContain(rest);
    },
  );

  test('a DATABASE_URL may have characters of any kind, escaped', () => {
    const url = 'postgresql://us%40er:p%25%C3%A9@%2Fvar%2Frun/x%20y';
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test.each([
    ['false', false],
    ['true', true],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('TRUST_PROXY=%s is %p', (value, expected) => {
    expect(readConfig({ TRUST_PROXY: value }).trustProxy).toEqual(expected);
  });

  test.each(['1', 'yes', '10.0.0.0/33', '10.0.0.0/0', '10.0.0', 'proxy.example'])(
    'TRUST_PROXY=%s is refused',
    (value) => {
      expect(problems({ TRUST_PROXY: value })).toContain('TRUST_PROXY');
    },
  );

  test('are all in .env.example, with their defaults', () => {
    const example = readFileSync('.env.example', 'utf8');
    const entries = [...example.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    expect(settings(Object.fromEntries(entries))).toEqual(settings({}));
    expect(entries.map(([name]) => name).sort()).toEqual([
      'ADMIN_TOKEN',
      'DATABASE_POOL_SIZE',
      'DATABASE_PREPARED_STATEMENTS',
      'DATABASE_URL',
      'DATABASE_WAIT',
      'DATA_DIR',
      'ERROR_HANDLER',
      'HOST',
      'LOG_DATABASE_LEVEL',
      'LOG_LEVEL',
      'LOG_RETENTION_DAYS',
      'LOG_RETENTION_ROWS',
      'LOG_SPOOL_MIB',
      'PORT',
      'SHUTDOWN_TIMEOUT',
      'TRUST_PROXY',
    ]);
    expect(example.match(/^# .+$/gm)?.length).toBeGreaterThanOrEqual(entries.length);
  });

  test('name the database without its password', () => {
    const url = 'postgresql://errata:s3cret@db.example:5432/catalogue?sslmode=require';
    expect(describeDatabase(readConfig({ DATABASE_URL: url }))).toBe('postgresql://errata@db.example:5432/catalogue');
  });
});
