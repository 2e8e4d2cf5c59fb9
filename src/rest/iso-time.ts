const DAY = 86_400_000;

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const THREE_DIGITS = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

let lastDay = Number.NaN;
/** Up to the T, and with it. */
let dateText = '';

/**
 * A time in ISO 8601, as `toISOString` has it: a page has hundreds of them, most of the same day, and that takes ten times
 * as long.
 * @throws RangeError for an invalid date.
 */
export function isoTime(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / DAY);
  if (day !== lastDay) {
    const text = date.toISOString();
    dateText = text.slice(0, text.indexOf('T') + 1);
    lastDay = day;
  }
  const seconds = Math.floor((time - day * DAY) / 1_000);
  const minutes = Math.floor(seconds / 60);
  const [hour, minute] = [TWO_DIGITS[Math.floor(minutes / 60)], TWO_DIGITS[minutes % 60]];
  return `${dateText}${hour}:${minute}:${TWO_DIGITS[seconds % 60]}.${THREE_DIGITS[time - day * DAY - seconds * 1_000]}Z`;
}
