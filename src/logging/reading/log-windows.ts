import { isStorableTime } from '../records/storable-times.js';
import type { LogCursor, LogFilters } from './log-filters.js';

const DAY = 86_400_000;

/** How far each look reaches from where the page begins, in milliseconds; the last one reaches to the end. */
const REACH = [DAY, 30 * DAY];

/** A part of time: from the first on, up to but without the second. */
export interface Window {
  readonly from: Date | undefined;
  readonly before: Date | undefined;
}

/**
 * The parts of time in which a page is looked for, one after the other until it is full. Most pages are found in the first,
 * which touches two or three days' partitions, however many there are. Where a part would end beyond the times that
 * statements take, it goes on to the end.
 * @param at the time that the page begins at.
 */
export function windowsFrom(at: Date, towards: LogCursor['towards'], { started, ended }: LogFilters): Window[] {
  const isOlder = towards === 'older';
  const edges = REACH.map((reach) => at.getTime() + (isOlder ? -reach : reach))
    .filter(isStorableTime)
    .map((edge) => new Date(edge))
    .filter((edge) => (isOlder ? started === undefined || edge > started : ended === undefined || edge < ended));
  const bounds = [undefined, ...edges, undefined];
  return bounds.slice(1).map((edge, index) => {
    const near = bounds[index];
    return isOlder ? { from: edge, before: near } : { from: near, before: edge };
  });
}
