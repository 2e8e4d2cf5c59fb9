/** Names under which secrets are kept, in any spelling: `apiKey`, `API_KEY` and `x-api-key` are the same. */
const SECRET_NAMES =
  /passw|passwd|pwd|passphrase|passcode|(^|-)pass$|^pw$|secret|token|authorization|authenticat|^(x-)?auth$|cookie|api-?key|licen[cs]e-?key|hmac|(access|account|auth|encryption|host|master|private|service|session|shared|signing|ssh|storage)-?key|credential|session-?id|(^|-)sid$|(^|-)sess(ion)?(-sig)?$|(^|-)jwt(-|$)|bearer|csrf|xsrf|signature|(^|-)t?otp(-|$)|(^|-)pin(-?code)?$|card-?n(umber|o|um)?$|credit-?card|^cc$|^cvv|^cvc|^ssn$|iban|dsn$|connection-?string|database-?url/;

/** Names that contain one of those and keep no secret. */
const HARMLESS =
  /^((completion|input|max|min|num|output|prompt|remaining|total|used)-)?tokens$|^max-?token$|^token-?(count|type|limit|ttl|length)s?$|^tokeni[sz]e|cookie-?(name|consent)$|^has-|^is-/;

/** A name as `x-api-key`, whatever it was. */
function spelt(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[_\s.]+/g, '-')
    .toLowerCase();
}

function bare(name: string): string {
  return spelt(name).replaceAll('-', '');
}

/** Tells the names of secrets from others. */
export class SecretNames {
  private readonly known = new Map<string, boolean>();

  /** @param own names of the host's, which a name has to contain or a pattern to match. */
  constructor(private readonly own: readonly (string | RegExp)[] = []) {}

  /** Whether a secret is kept under this name. */
  has(name: string): boolean {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const is = this.isOwn(name) || (SECRET_NAMES.test(spelt(name)) && !HARMLESS.test(spelt(name)));
    if (this.known.size < MAX_KNOWN) this.known.set(name, is);
    return is;
  }

  private isOwn(name: string): boolean {
    return this.own.some((pattern) =>
      typeof pattern === 'string' ? bare(name).includes(bare(pattern)) : matches(pattern, name),
    );
  }
}

const MAX_KNOWN = 1_000;

/** A pattern with the flag `g` remembers where it was, which is no one's wish here. */
function matches(pattern: RegExp, name: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(name);
}
