import type { AwaitPlace, Range } from './await-places.js';

/** Where the engine can stop. Lines and columns are from 0. */
export interface BreakLocation {
  readonly lineNumber: number;
  readonly columnNumber?: number;
  /** Absent for the beginning of a statement. */
  readonly type?: string;
}

/** A place to stop at on the way to an `await`. */
export interface BreakPlace {
  readonly location: BreakLocation;
  /** The waiting that it comes before: of one statement there may be several. */
  readonly awaits: readonly AwaitPlace[];
}

/**
 * Chooses for each `await` where the engine stops before it: at the beginning of its statement, which is always passed; the
 * turns of a `for await` have a place of their own.
 */
export function breakPlaces(
  awaits: readonly AwaitPlace[],
  locations: readonly BreakLocation[],
  source: string,
): BreakPlace[] {
  const lines = lineStarts(source);
  const placed = locations.map((location): Placed => ({
    location,
    offset: (lines[location.lineNumber] ?? 0) + (location.columnNumber ?? 0),
  }));
  const chosen = new Map<BreakLocation, AwaitPlace[]>();
  for (const place of awaits) {
    const { code, within } = place;
    const possible = placed.filter(
      ({ offset }) => isIn(within, offset) && !code.inner.some((inner) => isIn(inner, offset)),
    );
    for (const { location } of before(place, possible)) chosen.set(location, [...(chosen.get(location) ?? []), place]);
  }
  return [...chosen].map(([location, places]) => ({ location, awaits: places }));
}

interface Placed {
  readonly location: BreakLocation;
  readonly offset: number;
}

/** Where to stop before an `await`, among the places of its statement. */
function before({ isTurn, start, call }: AwaitPlace, possible: readonly Placed[]): readonly Placed[] {
  const calls = possible.filter(({ location: { type } }) => type === 'call');
  // Some engines stop only when the next value is there, which is a turn too late.
  if (isTurn) return calls.slice(0, 1);
  const beginnings = possible.filter(({ location: { type } }) => type === undefined);
  const beginning = beginnings.findLast(({ offset }) => offset <= start) ?? beginnings[0];
  if (beginning !== undefined) return [beginning];
  // What begins with a call has only that; what is awaited may be one of several, of which any comes first.
  const awaited = calls.find(({ offset }) => offset === call);
  return awaited === undefined ? calls : [awaited];
}

function isIn({ start, end }: Range, offset: number): boolean {
  return offset >= start && offset < end;
}

function lineStarts(source: string): number[] {
  return [0, ...Array.from(source.matchAll(/\r\n?|[\n\u2028\u2029]/g), ({ 0: end, index }) => index + end.length)];
}
