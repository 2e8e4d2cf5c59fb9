import { createHash } from 'node:crypto';

/** A value that must never be seen, always the same for a place, so that both processes know it. */
export function canaryIn(place: string): string {
  return `canary-${createHash('sha256').update(place).digest('hex').slice(0, 24)}`;
}

/** Finds every canary, and what is left of one that was cut. */
export const CANARY = /canary-[\da-f]{4,24}/g;

/** Names under which secrets are usually kept. */
export const SECRET_NAMES = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'client_secret',
  'token',
  'accessToken',
  'refresh_token',
  'api_key',
  'x-api-key',
  'private_key',
  'aws_secret_access_key',
  'credential',
  'session_id',
  'connect.sid',
  'jwt',
  'csrf-token',
  'signature',
  'connection_string',
] as const;
