import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { Expose, plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { proxiesFrom, type TrustedProxies } from './trusted-proxies.js';

export const ERROR_HANDLERS = ['default', 'contextual', 'debug'] as const;
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The settings of the service, each from the environment variable of its name in capitals. */
export class Config {
  /** The address to listen on. */
  @Expose({ name: 'HOST' })
  @Transform(text('127.0.0.1'))
  @IsNotEmpty({ message: 'is empty. Give an address such as 127.0.0.1, or 0.0.0.0 for every interface' })
  readonly host!: string;

  /** The port to listen on; 0 takes any that is free. */
  @Expose({ name: 'PORT' })
  @Transform(integer(3000))
  @IsInt({ message: whole })
  @Min(0, { message: outOf('0 to 65535') })
  @Max(65_535, { message: outOf('0 to 65535') })
  readonly port!: number;

  /** A PostgreSQL database, 15 or later; without it the embedded database is used. */
  @Expose({ name: 'DATABASE_URL' })
  @Transform(text())
  @IsOptional()
  @IsPostgresUrl()
  readonly databaseUrl?: string;

  /** The directory of the embedded database. */
  @Expose({ name: 'DATA_DIR' })
  @Transform(text('./data'))
  readonly dataDir!: string;

  /** The most connections to PostgreSQL. */
  @Expose({ name: 'DATABASE_POOL_SIZE' })
  @Transform(integer(10))
  @IsInt({ message: whole })
  @Min(1, { message: outOf('1 to 1000') })
  @Max(1_000, { message: outOf('1 to 1000') })
  readonly databasePoolSize!: number;

  /** Whether PostgreSQL keeps statements prepared; false behind a pooler that knows no prepared statements. */
  @Expose({ name: 'DATABASE_PREPARED_STATEMENTS' })
  @Transform(boolean(true))
  @IsBoolean({ message: ({ value }) => `is “${String(value)}”, which is neither true nor false` })
  readonly databasePreparedStatements!: boolean;

  /** How long to wait for the database at start, in seconds. */
  @Expose({ name: 'DATABASE_WAIT' })
  @Transform(integer(30))
  @IsInt({ message: whole })
  @Min(0, { message: outOf('0 to 3600') })
  @Max(3_600, { message: outOf('0 to 3600') })
  readonly databaseWait!: number;

  /** What an admin sends as `Authorization: Bearer <token>`; without it nobody can edit. */
  @Expose({ name: 'ADMIN_TOKEN' })
  @Transform(text())
  @IsOptional()
  @Matches(/^[\w.~+/=-]+$/, {
    message: 'has characters that no Bearer token can have. Use letters, digits and any of - . _ ~ + / =',
  })
  readonly adminToken?: string;

  /** The proxies whose `X-Forwarded-*` headers are believed. */
  @Expose({ name: 'TRUST_PROXY' })
  @Transform(({ value }: TransformFnParams) => proxiesFrom(value as string | undefined))
  @ValidateBy({
    name: 'isTrustedProxies',
    validator: {
      validate: (value) => value !== null,
      defaultMessage: () =>
        'is not understood. Give false, true, or addresses and networks such as 10.0.0.0/8, separated by commas',
    },
  })
  readonly trustProxy!: TrustedProxies;

  /** The least severe level that is logged. */
  @Expose({ name: 'LOG_LEVEL' })
  @Transform(text('info'))
  @IsIn(LOG_LEVELS, { message: `is none of ${LOG_LEVELS.join(', ')}` })
  readonly logLevel!: (typeof LOG_LEVELS)[number];

  /** The least severe level that is kept in the database as well. */
  @Expose({ name: 'LOG_DATABASE_LEVEL' })
  @Transform(text('warn'))
  @IsIn(LOG_LEVELS, { message: `is none of ${LOG_LEVELS.join(', ')}` })
  readonly logDatabaseLevel!: (typeof LOG_LEVELS)[number];

  /** How much of the log may wait on disk while the database is away, in MiB. */
  @Expose({ name: 'LOG_SPOOL_MIB' })
  @Transform(integer(1_024))
  @IsInt({ message: whole })
  @Min(1, { message: outOf('1 to 1048576') })
  @Max(1_048_576, { message: outOf('1 to 1048576') })
  readonly logSpoolMib!: number;

  /** How many days the entries of the log are kept in the database; 0 for ever. */
  @Expose({ name: 'LOG_RETENTION_DAYS' })
  @Transform(integer(90))
  @IsInt({ message: whole })
  @Min(0, { message: outOf('0 to 36500') })
  @Max(36_500, { message: outOf('0 to 36500') })
  readonly logRetentionDays!: number;

  /** How many entries of the log are kept in the database, the newest ones; 0 for all. */
  @Expose({ name: 'LOG_RETENTION_ROWS' })
  @Transform(integer(0))
  @IsInt({ message: whole })
  @Min(0, { message: outOf('0 to 1000000000') })
  @Max(1_000_000_000, { message: outOf('0 to 1000000000') })
  readonly logRetentionRows!: number;

  /** What is answered for an error that nobody made for a client: a sentence, or for developers what happened. */
  @Expose({ name: 'ERROR_HANDLER' })
  @Transform(text('default'))
  @IsIn(ERROR_HANDLERS, { message: `is none of ${ERROR_HANDLERS.join(', ')}` })
  readonly errorHandler!: (typeof ERROR_HANDLERS)[number];

  /** How long requests may take to finish once the service is told to stop, in seconds. */
  @Expose({ name: 'SHUTDOWN_TIMEOUT' })
  @Transform(integer(10))
  @IsInt({ message: whole })
  @Min(0, { message: outOf('0 to 3600') })
  @Max(3_600, { message: outOf('0 to 3600') })
  readonly shutdownTimeout!: number;
}

/** The settings cannot be used; the message lists every variable that is wrong. */
export class ConfigError extends Error {}

/**
 * Reads the settings from the environment and, where it says nothing, from a file `.env` in the working directory.
 * @throws ConfigError
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = withEnvFile()): Config {
  const config = plainToInstance(Config, environment, { excludeExtraneousValues: true, exposeUnsetFields: false });
  const problems = validateSync(config).flatMap(({ property, constraints = {} }) => {
    const variable = property.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
    return `  ${variable} ${Object.values(constraints)[0]}.`;
  });
  if (problems.length === 0) return config;
  throw new ConfigError(
    `The service was not started, because its settings cannot be used:\n${problems.join('\n')}\n` +
      'Correct them in the environment or in the file .env; .env.example explains each of them.',
  );
}

function withEnvFile(): NodeJS.ProcessEnv {
  const file = resolve('.env');
  if (existsSync(file)) loadEnvFile(file);
  return process.env;
}

/** A variable that is set to nothing counts as not set. */
function text(fallback?: string) {
  return ({ value }: TransformFnParams): unknown =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
}

function integer(fallback: number) {
  const read = text();
  return (given: TransformFnParams): unknown => {
    const value = read(given);
    if (value === undefined) return fallback;
    return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  };
}

function boolean(fallback: boolean) {
  const read = text(String(fallback));
  return (given: TransformFnParams): unknown => {
    const value = read(given);
    return value === 'true' || (value === 'false' ? false : value);
  };
}

function whole({ value }: { value: unknown }): string {
  return `is “${String(value)}”, which is no whole number`;
}

function outOf(range: string) {
  return ({ value }: { value: unknown }): string => `is ${String(value)}. It has to be from ${range}`;
}

/** The value is never repeated: it may hold a password. */
function IsPostgresUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isPostgresUrl',
    validator: {
      validate: (value) => isPostgresUrl(value) && hasReadableEscapes(value),
      defaultMessage: (validated) =>
        isPostgresUrl(validated?.value)
          ? 'has a % in its user, password, host or database that is no escape. Write a % of theirs as %25'
          : 'is no PostgreSQL address. Write it like postgresql://user:password@host:5432/database',
    },
  });
}

function isPostgresUrl(value: unknown): value is string {
  return typeof value === 'string' && /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

/** Whoever connects reads the parts of an address without their escapes. */
function hasReadableEscapes(url: string): boolean {
  const { username, password, hostname, pathname } = new URL(url);
  try {
    decodeURIComponent([username, password, hostname, pathname].join(' '));
    return true;
  } catch {
    return false;
  }
}
