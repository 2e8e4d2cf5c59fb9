/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Names under which secrets are kept, in any spelling: `apiKey`, `API_KEY` and `x-api-key` are the same. */
const SECRET_NAMES =
  /passw|passwd|pwd|passphrase|passcode|^pass$|secret|token|authorization|authenticat|cookie|api-?key|access-?key|private-?key|signing-?key|encryption-?key|credential|session-?id|^sid$|^jwt$|bearer|csrf|xsrf|signature|^otp$|^pin$|card-?n(umber|o|um)?$|credit-?card|^cc$|^cvv|^cvc|^ssn$|iban|dsn$|connection-?string|database-?url/;

/** Names that contain one of those and keep no secret. */
const HARMLESS = /^(max-?tokens?|tokens|token-?(count|type|limit|ttl)s?)$|cookie-?(name|consent)$|^has-|^is-/;

/** A secret shorter than this stands for anything: it is not looked for in other texts. */
const SHORTEST_SECRET = 6;
const MAX_SECRETS = 500;

/** `name=value`, `"name": "value"` and `name: value`, as texts hold them. */
const NAMED_VALUE =
  /([\w-]{2,64})(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|(?:Bearer|Basic|Digest)\s+[^\s,;"']+|[^\s&,;"'}\])]+)/gi;
/** The password in `scheme://user:password@host`. */
const URL_PASSWORD = /(\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

/** Takes secrets out of what is shown: by the names they are kept under, and wherever else their values occur. */
export class Redaction {
  private readonly values = new Set<string>();

  /** @param own names of the host's, which a text has to contain or a pattern to match. */
  constructor(private readonly own: readonly (string | RegExp)[] = []) {}

  /** Whether a secret is kept under this name. */
  isSecret(name: string): boolean {
    const spelt = name
      .replace(/([a-z\d])([A-Z])/g, '$1-$2')
      .replace(/[_\s.]+/g, '-')
      .toLowerCase();
    if (
      this.own.some((pattern) =>
        typeof pattern === 'string' ? spelt.includes(pattern.toLowerCase()) : matches(pattern, name),
      )
    )
      return true;
    return SECRET_NAMES.test(spelt) && !HARMLESS.test(spelt);
  }

  /** Remembers a secret, so that it is found under other names too. */
  remember(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value.slice(0, MAX_SECRETS)) this.remember(item);
    } else if (typeof value === 'string' && value.length >= SHORTEST_SECRET && this.values.size < MAX_SECRETS) {
      this.values.add(value);
      // `Bearer abc` is a secret, and so is `abc`.
      const parts = value.split(/[\s=,;]+/).filter((part) => part.length >= 2 * SHORTEST_SECRET);
      if (parts.length > 1) for (const part of parts) this.remember(part);
    }
  }

  /** Learns the secrets that another one knows. */
  absorb(other: Redaction): void {
    for (const value of other.values) this.remember(value);
  }

  /** A text without what looks like a secret in it, and without the secrets that are known. */
  text(text: string): string {
    let clean = text.replace(URL_PASSWORD, `$1:${REDACTED}@`);
    clean = clean.replace(NAMED_VALUE, (whole, name: string, between: string) =>
      this.isSecret(name) ? `${name}${between}${REDACTED}` : whole,
    );
    for (const value of this.values) if (clean.includes(value)) clean = clean.replaceAll(value, REDACTED);
    return clean;
  }
}

/** A pattern with the flag `g` remembers where it was, which is no one's wish here. */
function matches(pattern: RegExp, name: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(name);
}
