import type { ProblemContext } from '../exceptions/representer.js';

/** Provides the {@link CataloguedPaths} of an application whose catalogue is open. */
export const CATALOGUED_PATHS = Symbol.for('nestjs-errata.cataloguedPaths');

/** Where the errors of a catalogue are explained. */
export interface CataloguedPaths {
  /** Whether the application itself explains them. */
  readonly areServed: boolean;
  /** See {@link ProblemContext.pathOfCatalogued}. */
  readonly of: NonNullable<ProblemContext['pathOfCatalogued']>;
  /** The id of an error by the same name, from memory alone; null for one that is not known. */
  readonly idOf: (name: string) => number | null;
}

/** An absolute URI in the characters that one is written in (RFC 3986, section 2). */
const URI = /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\da-f]{2})+$/i;

/** The `type` of a problem (RFC 9457, section 3.1.1), and the name of the error type where that is no URI. */
export function problemType(
  errorType: string | null,
  context: ProblemContext,
): { readonly type: string; readonly name: string | null } {
  if (errorType === null) return { type: 'about:blank', name: null };
  if (URI.test(errorType) && URL.canParse(errorType)) return { type: errorType, name: null };
  const path = context.pathOfCatalogued?.(errorType) ?? null;
  const base = path === null ? undefined : context.problemTypeBase;
  const type = path === null || base === undefined ? 'about:blank' : `${base.replace(/\/$/, '')}${path}`;
  return { type, name: errorType.toWellFormed() };
}
