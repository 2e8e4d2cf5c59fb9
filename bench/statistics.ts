/** The value in the middle, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const half = (values.length - 1) / 2;
  const sorted = sort(values);
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half)] ?? NaN)) / 2;
}

/** The value that 99 of 100 do not exceed. */
export function percentile99(values: readonly number[]): number {
  return sort(values)[Math.ceil(values.length * 0.99) - 1] ?? NaN;
}

function sort(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
