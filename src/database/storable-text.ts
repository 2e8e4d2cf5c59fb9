/** Says what no database column can hold: NUL bytes and halves of surrogate pairs. */
export function unstorableProblem(value: string): string | null {
  if (value.includes('\0')) return 'This contains a NUL character, which cannot be stored. Remove it.';
  if (!value.isWellFormed()) return 'This contains half of a surrogate pair, which is no character. Remove it.';
  return null;
}
