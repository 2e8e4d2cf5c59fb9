import { SecretNames } from './secret-names.js';
import { SecretValues } from './secret-values.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** `name=value`, `"name": "value"` and `name: value`, as texts hold them. A text may have been cut before its closing quote. */
const NAMED_VALUE =
  /(?<![\w-])([\w-]{2,64})(\\?["']?\s*[=:](?!>)\s*)("(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`[^`]*(?:`|$)|\\"(?:[^"\\]|\\\\.)*(?:\\"|$)|\[[^\]]*\]|(?:Bearer|Basic|Digest|Token|ApiKey)\s+[^\s,;"']+|[^\s&,;"'`}\])]+)/gi;
/** The password in `scheme://user:password@host`. */
const URL_PASSWORD = /(\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]{0,256}):[^\s/@]{1,1024}@/gi;
/** A bearer's token where no name tells of it; words have no digits in them. */
const BEARER = /\bBearer\s+(?=[^\s\d]*\d)[\w.~+/=-]{8,}/gi;
/** The name of something that is given a value in source code, with its type where that is written. */
const ASSIGNED = /([\w$-]{2,64})["'\]]*\s*(?:[?!]?:\s*[\w$<>[\]|.\s]{1,100}?)?(?:[=:](?![=>])|\?\?=|\|\|=)\s*/g;
const LITERAL = /"(?:[^"\\\n]|\\.)+"|'(?:[^'\\\n]|\\.)+'|`(?:[^`\\]|\\[^])+`|\b\d{4,}\b/g;
/** How far after a name its value is looked for: to the end of the statement, or of the next line. */
const VALUE = /^[^;\n]*(?:\n[^;\n]*)?/;

/** Takes secrets out of what is shown: by the names they are kept under, and wherever else their values occur. */
export class Redaction {
  private readonly names: SecretNames;
  private readonly values = new SecretValues();

  /** @param own names of the host's, which a name has to contain or a pattern to match. */
  constructor(own: readonly (string | RegExp)[] = []) {
    this.names = new SecretNames(own);
  }

  /** Whether a secret is kept under this name. */
  isSecret(name: string): boolean {
    return this.names.has(name);
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
    const code = lines.join('\n');
    const parts: string[] = [];
    let from = 0;
    for (const { 0: whole, 1: name = '', index } of code.matchAll(ASSIGNED)) {
      const start = index + whole.length;
      if (start < from || !this.isSecret(name)) continue;
      const value = VALUE.exec(code.slice(start, start + MAX_VALUE))?.[0] ?? '';
      const literals = value.replace(LITERAL, hidden);
      parts.push(code.slice(from, start), literals);
      from = start + value.length;
    }
    const clean = parts.join('') + code.slice(from);
    return clean
      .split('\n')
      .map((line) => this.values.replaceIn(line.replace(URL_PASSWORD, `$1:${REDACTED}@`), REDACTED));
  }

  private named(text: string): string {
    return text
      .replace(URL_PASSWORD, `$1:${REDACTED}@`)
      .replace(NAMED_VALUE, (whole, name: string, between: string) =>
        this.isSecret(name) ? `${name}${between}${REDACTED}` : whole,
      )
      .replace(BEARER, `Bearer ${REDACTED}`);
  }
}

const MAX_VALUE = 2_000;

/** As many lines as there were, since they are numbered. */
function hidden(literal: string): string {
  return `${REDACTED}${'\n'.repeat(literal.split('\n').length - 1)}`;
}
