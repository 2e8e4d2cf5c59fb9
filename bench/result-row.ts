/** One line of the table that a run prints. */
export interface ResultRow {
  readonly bench: string;
  /** What is compared with what. */
  readonly compared: string;
  /** What the project's own side reached, with its unit. */
  readonly ours: string;
  /** What the other side reached, with its unit; empty for what is compared with nothing. */
  readonly theirs: string;
  readonly ratio: string;
  readonly target: string;
}

/** A ratio of medians, and between which ratios the single rounds lay. */
export function describeRatio(overall: number, ofRounds: readonly number[]): string {
  const range = `${Math.min(...ofRounds).toFixed(2)}–${Math.max(...ofRounds).toFixed(2)}`;
  return `${overall.toFixed(2)} (${range})`;
}

/** Pairs what two contenders reached in the same round. */
export function ratiosOf(dividends: readonly number[], divisors: readonly number[]): number[] {
  return dividends.map((dividend, round) => dividend / (divisors[round] ?? NaN));
}

/** A number for people to read, with a thousands separator. */
export function readable(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
