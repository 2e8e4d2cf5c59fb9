import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { clientAddresses, type TrustedProxies } from '../../src/app/trusted-proxies.js';

function requestFrom(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, connection: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('The address of a client', () => {
  test.each<[TrustedProxies, string | undefined, string | undefined, string]>([
    [false, '127.0.0.1', '203.0.113.9', '127.0.0.1'],
    [true, '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    [['loopback'], '127.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    [['loopback', '198.51.100.0/24'], '127.0.0.1', '203.0.113.9, 198.51.100.7', '203.0.113.9'],
    [['loopback'], '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    [['loopback'], '127.0.0.1', 'no address at all', 'no address at all'],
    [['loopback'], undefined, undefined, ''],
    [false, undefined, '203.0.113.9', ''],
  ])('with %j trusted, from %s with X-Forwarded-For %s, is %s', (proxies, remote, forwarded, expected) => {
    expect(clientAddresses(proxies)(requestFrom(remote, forwarded))).toBe(expected);
  });
});
