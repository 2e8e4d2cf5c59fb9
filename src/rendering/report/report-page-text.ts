import escapeHtml from 'escape-html';
import { showable, showableLine } from '../showable.js';

/** A value as text of a page, whatever is in it. */
export function text(value: string): string {
  return escapeHtml(showable(value));
}

/** The same on one line, for attributes and names too. */
export function line(value: string): string {
  return escapeHtml(showableLine(value));
}
