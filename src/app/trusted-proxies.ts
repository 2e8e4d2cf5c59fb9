import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { all, compile } from '@fastify/proxy-addr';

/** All proxies, none, or those with these addresses, in these networks or of these well-known names. */
export type TrustedProxies = boolean | string[];

const NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Reads which proxies are trusted; null when the text says nothing of the kind. */
export function proxiesFrom(text: string | undefined): TrustedProxies | null {
  const value = text?.trim().toLowerCase() ?? '';
  if (value === '' || value === 'false') return false;
  if (value === 'true') return true;
  const proxies = value.split(',').map((entry) => entry.trim());
  return proxies.every((entry) => NAMES.has(entry) || isNetwork(entry)) ? proxies : null;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
  );
}

/** Finds out the address of a client, as Fastify does it: the first on the way back that is no trusted proxy's. */
export function clientAddresses(proxies: TrustedProxies): (request: IncomingMessage) => string {
  if (proxies === false) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = proxies === true ? () => true : compile(proxies);
  return (request) => all(request, isTrusted).at(-1) ?? '';
}
