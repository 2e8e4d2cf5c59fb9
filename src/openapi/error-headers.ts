import type { HttpError } from '../exceptions/http-error.js';

/** A header of an OpenAPI response. */
export interface DocumentedHeader {
  readonly description?: string;
  readonly schema: { readonly type: 'string'; readonly example?: string };
}

interface KnownHeader {
  readonly name: string;
  readonly statuses: readonly number[];
  readonly description: string;
  readonly example: string;
}

const KNOWN: readonly KnownHeader[] = [
  { name: 'Allow', statuses: [405], description: 'The methods that the address answers.', example: 'GET, HEAD' },
  { name: 'WWW-Authenticate', statuses: [401], description: 'How to say who one is.', example: 'Bearer' },
  {
    name: 'Retry-After',
    statuses: [413, 429, 503],
    description: 'When to try again: the seconds to wait, or a date. Not there when nobody can tell.',
    example: '60',
  },
];

/** The headers that an error of this status may have, and those that this one has. */
export function headersOf({ code, headers }: HttpError): Record<string, DocumentedHeader> {
  const known = KNOWN.filter(({ statuses }) => statuses.includes(code)).map(
    ({ name, description, example }): [string, DocumentedHeader] => [name, documented(description, example)],
  );
  const own = Object.entries(headers).map(([given, value]): [string, DocumentedHeader] => {
    const { name = given, description } = KNOWN.find((one) => one.name.toLowerCase() === given.toLowerCase()) ?? {};
    return [name, documented(description, typeof value === 'string' ? value : value.join(', '))];
  });
  return Object.fromEntries([...known, ...own]);
}

function documented(description: string | undefined, example: string): DocumentedHeader {
  return { ...(description === undefined ? {} : { description }), schema: { type: 'string', example } };
}
