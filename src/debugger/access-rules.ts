import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

/** Why a request is refused, for a developer to understand. */
export type Refusal = string;

/** Names that only lead to this machine; anything else may have been made to (DNS rebinding). */
const LOCAL_HOST = /^(?:(?:[a-z\d-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/;

/** What a proxy leaves on a request: behind one, everybody comes from the loopback. */
const FORWARDING =
  /^(?:forwarded(?:-for)?|via|x-forwarded(?:-.+)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-remote-(?:addr|ip)|x-original-.+|x-azure-clientip|x-envoy-external-address|cdn-loop|(?:cf-connecting|true-client|fastly-client|(?:wl-)?proxy-client)-ip)$/;

/** The header that carries the secret. */
export const SECRET_HEADER = 'x-errata-console';

/** How long a cookie is good for, in seconds. */
const COOKIE_AGE = 8 * 3600;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Who may use the console: whoever sits at this machine, has its page and knows the PIN. */
export class AccessRules {
  /** What the page sends along: new for each process, and never in an address. */
  readonly secret = randomBytes(32).toString('base64url');
  readonly cookieName: string;
  private readonly key = randomBytes(32);

  constructor() {
    this.cookieName = `errata_console_${createHash('sha256').update(this.key).digest('hex').slice(0, 12)}`;
  }

  /** Whether the request comes from this machine and for it. To be asked before anything is shown. */
  refuseStranger({ socket, headers }: IncomingMessage): Refusal | null {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d)/i, '');
    if (address === '' || !loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) {
      return 'The console answers only to the machine that it runs on, and this request comes from another.';
    }
    const forwarded = Object.keys(headers).find((name) => FORWARDING.test(name));
    if (forwarded !== undefined) {
      return `The request came through a proxy (it has the header ${forwarded}), behind which anybody could be. Open the application without the proxy.`;
    }
    const host = /^(.+?)(?::\d{1,5})?$/.exec((headers.host ?? '').toLowerCase())?.[1] ?? '';
    if (LOCAL_HOST.test(host)) return null;
    return `The request is for the host “${host.slice(0, 100)}”, which may be anybody’s name for this machine. Use localhost or 127.0.0.1.`;
  }

  /** Whether a call comes from the console's own page. */
  refuseCall(request: IncomingMessage): Refusal | null {
    const { method, headers } = request;
    const stranger = this.refuseStranger(request);
    if (stranger !== null) return stranger;
    if (method !== 'POST') return `The console takes POST alone, and this is ${String(method)}.`;
    if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
      return 'The console takes JSON alone, which no form of another page can send.';
    }
    if (headers.origin?.toLowerCase() !== `http://${String(headers.host).toLowerCase()}`) {
      return `The call comes from a page of “${(headers.origin ?? 'no origin').slice(0, 100)}”, not from the console’s own.`;
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return 'The call comes from a page of another origin.';
    if (!isEqual(String(headers[SECRET_HEADER] ?? ''), this.secret)) {
      return 'The call lacks the secret of this process. Reload the page: the application may have been restarted.';
    }
    return null;
  }

  /** Whether a request has the cookie that the PIN gave. */
  isTrusted({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    const value = cookies.find(([name]) => name === this.cookieName)?.[1] ?? '';
    const expiry = value.split('.', 1)[0] ?? '';
    return isEqual(value, this.sign(expiry)) && Number(expiry) > Date.now();
  }

  /** The cookie for somebody who knew the PIN. */
  newCookie(): string {
    const value = this.sign(String(Date.now() + COOKIE_AGE * 1000));
    return `${this.cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_AGE}`;
  }

  private sign(expiry: string): string {
    return `${expiry}.${createHmac('sha256', this.key).update(expiry).digest('base64url')}`;
  }
}

/** Digests have one length, so that the time it takes tells nothing. */
export function isEqual(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
