import { SecretNames } from './secret-names.js';
import { SecretValues } from './secret-values.js';
import { SourceSecrets } from './source-secrets.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** `name=value`, `"name": "value"` and `name: value`, as texts hold them. A text may have been cut before its closing quote. */
const NAMED_VALUE =
  /(?<![\w-])([\w-]{2,64})(\\?["']?\s*[=:](?!>)\s*)("(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`[^`]*(?:`|$)|\\"(?:[^"\\]|\\\\.)*(?:\\"|$)|\[[^\]]*\]|(?:Bearer|Basic|Digest|Token|ApiKey)\s+[^\s,;"']+|[^\s&,;"'`}\])]+)/gi;
/** The password in `scheme://user:password@host`. */
const URL_PASSWORD = /(:\/\/[^\s/:@]{0,256}):[^\s/@]{1,1024}@/g;
/** A bearer's token where no name tells of it; words have no digits in them. */
const BEARER = /\bBearer\s+(?=[^\s\d]*\d)[\w.~+/=-]{8,}/gi;
/** What is the same for every error: the names, and the source that was looked through for them. */
export class RedactionRules {
  readonly names: SecretNames;
  readonly sources: SourceSecrets;

  /** @param own names of the host's, which a name has to contain or a pattern to match. */
  constructor(own: readonly (string | RegExp)[] = []) {
    this.names = new SecretNames(own);
    this.sources = new SourceSecrets(this.names, REDACTED);
  }
}

/** Takes secrets out of what is shown: by the names they are kept under, and wherever else their values occur. */
export class Redaction {
  private readonly values = new SecretValues();

  constructor(private readonly rules = new RedactionRules()) {}

  /** Whether a secret is kept under this name. */
  isSecret(name: string): boolean {
    return this.rules.names.has(name);
  }

  /** Remembers a secret, so that it is found under other names too. */
  remember(value: unknown): void {
    this.values.add(value);
  }

  /** Remembers the password in a text that is an address. */
  rememberPasswordOf(address: unknown): void {
    this.values.addPasswordOf(address);
  }

  /** Learns the secrets that another one knows. */
  absorb(other: Redaction): void {
    this.values.addAll(other.values);
  }

  /** A text without what looks like a secret in it, and without the secrets that are known. */
  text(text: string): string {
    return this.values.replaceIn(this.named(text), REDACTED);
  }

  /** Lines of source code: of what is given to a secret's name only the literals are secret, the rest is the program. */
  source(lines: readonly string[]): string[] {
    const code = this.rules.sources.hide(lines.join('\n'));
    const clean = withoutPasswords(code).split('\n');
    return this.values.mayBeIn(code) ? clean.map((line) => this.values.replaceIn(line, REDACTED)) : clean;
  }

  private named(text: string): string {
    let clean = withoutPasswords(text);
    if (/[=:]/.test(clean))
      clean = clean.replace(NAMED_VALUE, (whole, name: string, between: string) =>
        this.isSecret(name) ? `${name}${between}${REDACTED}` : whole,
      );
    return /bearer/i.test(clean) ? clean.replace(BEARER, `Bearer ${REDACTED}`) : clean;
  }
}

function withoutPasswords(text: string): string {
  return text.includes('://') ? text.replace(URL_PASSWORD, `$1:${REDACTED}@`) : text;
}
