import escapeHtml from 'escape-html';
import { writePage } from './page.js';

/** What the catalogue knows of an error, for people. */
export interface Explanation {
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly jobTypeName: string | null;
  readonly category: string;
  readonly shouldBeRetried: boolean;
}

const FAULTS: Readonly<Record<string, string>> = {
  SYSTEM: 'The platform’s. Neither the job nor its data are to blame.',
  ALGORITHM: 'The algorithm’s. Its developers are the ones to ask.',
  DATA: 'The data’s. Look at what the job was given.',
};

/**
 * The page that the `type` of a problem leads to: what the error means, whose fault it is, and whether to try again.
 * @param exitCodes what a process ends with to report the error.
 */
export function explanationPage(error: Explanation, exitCodes: readonly number[]): string {
  const facts = [
    ['Whose fault it is', FAULTS[error.category] ?? error.category],
    [
      'Trying again',
      error.shouldBeRetried ? 'Makes sense: the next attempt may succeed.' : 'Is no use as long as nothing is changed.',
    ],
    ...(exitCodes.length === 0 ? [] : [[exitCodes.length === 1 ? 'Exit code' : 'Exit codes', exitCodes.join(', ')]]),
    ['Belongs to', error.jobTypeName === null ? 'Every job type.' : `The job type ${error.jobTypeName}.`],
  ];
  return writePage({
    title: error.title ?? error.name,
    mark: error.name,
    heading: error.title ?? error.name,
    content: [
      `<p>${escapeHtml(error.description ?? 'Nobody has described this error yet.')}</p>`,
      `<dl>${facts.map(([term = '', fact = '']) => `<dt>${term}</dt><dd>${escapeHtml(fact)}</dd>`).join('')}</dl>`,
    ],
    foot: `Category ${error.category}`,
  });
}
