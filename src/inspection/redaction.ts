import { SecretNames } from './secret-names.js';
import { SecretValues } from './secret-values.js';
import { SourceSecrets } from './source-secrets.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** `name=`, `"name": ` and `name: `, as texts hold them. */
const NAMED = /(?<![\w-])([\w-]{2,64})\\?["']?\s*[=:](?!>)\s*/g;
/** What stands behind such a name. A text may have been cut before its closing quote. */
const VALUE =
  /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`[^`]*(?:`|$)|\\"(?:[^"\\]|\\\\.)*(?:\\"|$)|\[[^\]]*\]|\{(?:[^{}]|\{[^{}]*\})*(?:\}|$)|(?:Bearer|Basic|Digest|Token|ApiKey)\s+[^\s,;"']+|[^\s&,;"'`}\])]+/iy;
/** The password in `scheme://user:password@host`. */
const URL_PASSWORD = /(:\/\/[^\s/:@]{0,256}):[^\s/@]{1,1024}@/g;
/** Credentials where no name tells of them; words have no digits in them. */
const CREDENTIALS = /\b(Bearer|Basic)\s+(?=[^\s\d]*\d)[\w.~+/=-]{8,}/gi;
/** A private key in the form that is called after privacy-enhanced mail (RFC 7468), whole or cut. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;
/** Tokens that say by their first letters whose they are: GitHub's, GitLab's, Slack's, Stripe's, Amazon's, and JWTs. */
const MARKED =
  /\b(?:gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|[rs]k_(?:live|test)_\w{10,}|AKIA[A-Z\d]{16}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*)/g;
/** A text in source code that says all by itself. */
const LITERAL = /(["'])((?:(?!\1)[^\\\n]|\\.)+)\1/g;

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
    // As many lines as there were, since they are numbered.
    const program = this.rules.sources.hide(lines.join('\n')).replace(PRIVATE_KEY, blankLines);
    const code = withoutMarked(
      program.replace(LITERAL, (_, open: string, text: string) => open + this.withoutNamed(text) + open),
    );
    const clean = withoutPasswords(code).split('\n');
    return this.values.mayBeIn(code) ? clean.map((line) => this.values.replaceIn(line, REDACTED)) : clean;
  }

  private named(text: string): string {
    const clean = withoutPasswords(text);
    return withoutMarked(/[=:]/.test(clean) ? this.withoutNamed(clean) : clean);
  }

  /** What stands behind a name that keeps no secret may be another name: `failed: password=…`. */
  private withoutNamed(text: string): string {
    const parts: string[] = [];
    let from = 0;
    NAMED.lastIndex = 0;
    for (let named = NAMED.exec(text); named !== null; named = NAMED.exec(text)) {
      if (!this.isSecret(named[1] ?? '')) continue;
      const start = NAMED.lastIndex;
      VALUE.lastIndex = start;
      if (!VALUE.test(text) || isNothing(text.slice(start, VALUE.lastIndex))) continue;
      parts.push(text.slice(from, start), REDACTED);
      from = VALUE.lastIndex;
      NAMED.lastIndex = from;
    }
    return parts.join('') + text.slice(from);
  }
}

const NOTHING: ReadonlySet<unknown> = new Set(['', '""', "''", '\\"\\"', 'undefined', 'null', undefined, null]);

/** Whether there is no secret under the name of one, which is what a developer has to see; values as they are, or written. */
export function isNothing(value: unknown): boolean {
  return NOTHING.has(value);
}

/** Without what is a secret by its own form. */
function withoutMarked(text: string): string {
  let clean = text;
  if (clean.includes('PRIVATE KEY')) clean = clean.replace(PRIVATE_KEY, REDACTED);
  if (/bearer|basic/i.test(clean)) clean = clean.replace(CREDENTIALS, `$1 ${REDACTED}`);
  return clean.replace(MARKED, REDACTED);
}

function blankLines(secret: string): string {
  return `${REDACTED}${secret.replace(/[^\n]+/g, '')}`;
}

function withoutPasswords(text: string): string {
  return text.includes('://') ? text.replace(URL_PASSWORD, `$1:${REDACTED}@`) : text;
}
