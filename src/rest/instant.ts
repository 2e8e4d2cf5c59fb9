import { DateTime, Duration } from 'luxon';

/** The years that every database of ours can compare with. */
const EARLIEST = DateTime.utc(1);
const LATEST = DateTime.utc(9999).endOf('year');

/** What no point in time can be read from, and why. */
interface NoInstant {
  readonly problem: string;
}

/**
 * Reads a point in time: an ISO 8601 timestamp with a zone, or an ISO 8601 duration that is counted back from now.
 * @returns the time, or a sentence that says what is wrong.
 */
export function readInstant(text: string, now: Date): Date | NoInstant {
  const instant = /^[-+]?P/i.test(text) ? before(text, now) : timestamp(text);
  if (!(instant instanceof DateTime)) return instant;
  return DateTime.max(EARLIEST, DateTime.min(LATEST, instant)).toJSDate();
}

function before(text: string, now: Date): DateTime | NoInstant {
  const duration = Duration.fromISO(text);
  // At least one number with its unit, after the T too if there is one.
  if (!duration.isValid || !/\d[A-Z]$/i.test(text))
    return { problem: `“${text}” is no ISO 8601 duration. Write it like PT1H or P7D.` };
  const instant = DateTime.fromJSDate(now, { zone: 'utc' }).minus(duration);
  if (instant.isValid) return instant;
  return { problem: `“${text}” reaches further than time is counted. Choose a shorter duration.` };
}

function timestamp(given: string): DateTime | NoInstant {
  // In a query a plus sign that was not escaped arrives as a space.
  const text = given.replace(/ (?=\d\d(:?\d\d)?$)/, '+');
  const instant = DateTime.fromISO(text, { setZone: true });
  if (instant.invalidReason === 'unit out of range') {
    return {
      problem: `There is no such date or time as “${given}”. Correct it; written well, it is like 2026-03-01T09:30:00Z.`,
    };
  }
  if (!instant.isValid) {
    const problem = `“${given}” is no ISO 8601 timestamp. Write it like 2026-03-01T09:30:00Z, or as a duration like PT1H.`;
    return { problem };
  }
  const zone = ZONE.exec(text);
  if (zone === null) {
    const problem = `“${given}” has no zone, so it could be several points in time. Add Z for UTC, or an offset like +02:00.`;
    return { problem };
  }
  const [, hours = 0, minutes = 0] = zone;
  if (Number(hours) < 24 && Number(minutes) < 60) return instant;
  return { problem: `There is no such offset as in “${given}”. Offsets go from -23:59 to +23:59, and Z is UTC.` };
}

const ZONE = /T.*?(?:Z|[+-](\d\d)(?::?(\d\d))?)$/i;
