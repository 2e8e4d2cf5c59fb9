const DAY = 86_400_000;

/** 400 years, after which the calendar repeats itself, in milliseconds. */
const CYCLE = 146_097 * DAY;

/** The times that PostgreSQL holds, in milliseconds since 1970: from the end of 4714 BC to that of the year 294276. */
const FIRST = -210_866_803_200_000;
const BEYOND = 9_224_318_016_000_000;

/**
 * A time in the form that PostgreSQL reads, which is ISO 8601 in the years 1 to 9999. It holds more times than a Date, and
 * reads no years that have a sign.
 * @param time in milliseconds since 1970.
 */
export function postgresTime(time: number): string {
  if (!Number.isFinite(time)) return time < 0 ? '-infinity' : 'infinity';
  const cycles = Math.floor(time / CYCLE);
  const date = new Date(time - cycles * CYCLE);
  const year = date.getUTCFullYear() + 400 * cycles;
  const ofYear = date.toISOString().slice(4);
  return year > 0 ? `${fourDigits(year)}${ofYear}` : `${fourDigits(1 - year)}${ofYear} BC`;
}

/** Reads what {@link postgresTime} wrote; not a number for any other text. */
export function readPostgresTime(text: string): number {
  if (text === 'infinity' || text === '-infinity') return text === 'infinity' ? Infinity : -Infinity;
  const [, digits = '', ofYear = '', era] = FORM.exec(text) ?? [];
  const year = era === undefined ? Number(digits) : 1 - Number(digits);
  const cycles = Math.floor((year - 1970) / 400);
  const time = Date.parse(`${year - 400 * cycles}${ofYear}`) + cycles * CYCLE;
  // A date that there is not, such as the 30th of February, is read as another.
  return time >= FIRST && time < BEYOND && postgresTime(time) === text ? time : Number.NaN;
}

const FORM = /^(\d{4,6})(-\d\d-\d\dT[\d:.]{12}Z)( BC)?$/;

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}
