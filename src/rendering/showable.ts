/** Controls of terminals, of the direction of writing and of lines, and what is no character at all. */
const ACTING = /[\p{Cc}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u2028\u2029\ufeff]/gu;

/**
 * A text as it can be shown to people anywhere, line by line: what would act on a terminal or turn the direction of writing
 * is named instead, so that a value can neither hide nor pretend anything.
 */
export function showable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(ACTING, (character) => (character === '\n' || character === '\t' ? character : named(character)));
}

/** The same on a single line. */
export function showableLine(text: string): string {
  return showable(text).replace(/[\n\t]/g, named);
}

/** A picture of a control where there is one, otherwise its number. */
function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}
