/** The times that every database can hold, in milliseconds since 1970: the years 1 to 9999. */
export const STORABLE_TIMES = { first: -62_135_596_800_000, last: 253_402_300_799_999 } as const;

/** Whether every database can hold a time, in milliseconds since 1970. */
export function isStorableTime(time: number): boolean {
  return time >= STORABLE_TIMES.first && time <= STORABLE_TIMES.last;
}
