import { LRUCache } from 'lru-cache';
import type { SecretNames } from './secret-names.js';

/** The name of something that is given a value in source code, with its type where that is written. */
const ASSIGNED = /([\w$-]{2,64})["'\]]*\s*(?:[?!]?:\s*[\w$<>[\]|.\s]{1,100}?)?(?:[=:](?![=>])|\?\?=|\|\|=)\s*/g;
/** A line may have been cut before a closing quote. */
const LITERAL = /"(?:[^"\\\n]|\\.)+(?:"|…$)|'(?:[^'\\\n]|\\.)+(?:'|…$)|`(?:[^`\\]|\\[^])+`|\b\d{4,}\b/gm;
/** How far after a name its value is looked for: to the end of the statement, or of the next line. */
const VALUE = /^[^;\n]*(?:\n[^;\n]*)?/;
const MAX_VALUE = 2_000;
/** The same places fail again and again. */
const MAX_KNOWN = 500;

/** Hides the literals that source code gives to the names of secrets; the rest of it is the program, and no secret. */
export class SourceSecrets {
  private readonly known = new LRUCache<string, string>({ max: MAX_KNOWN });

  constructor(
    private readonly names: SecretNames,
    private readonly replacement: string,
  ) {}

  hide(code: string): string {
    const known = this.known.get(code);
    if (known !== undefined) return known;
    const clean = this.hidden(code);
    this.known.set(code, clean);
    return clean;
  }

  private hidden(code: string): string {
    const parts: string[] = [];
    let from = 0;
    for (const { 0: whole, 1: name = '', index } of code.matchAll(ASSIGNED)) {
      const start = index + whole.length;
      if (start < from || !this.names.has(name)) continue;
      const value = VALUE.exec(code.slice(start, start + MAX_VALUE))?.[0] ?? '';
      // As many lines as there were, since they are numbered.
      const clean = value.replace(LITERAL, (literal) => `${this.replacement}${literal.replace(/[^\n]+/g, '')}`);
      parts.push(code.slice(from, start), clean);
      from = start + value.length;
    }
    return parts.join('') + code.slice(from);
  }
}
