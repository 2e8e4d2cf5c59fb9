/**
 * Where the catalogue explains the error of a name: a path, or null for a name that it does not have. Asked while an error
 * is answered, hence synchronously.
 */
export type PathOfCatalogued = (name: string) => string | null;

/** An absolute URI in the characters that one is written in (RFC 3986, section 2). */
const URI = /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\da-f]{2})+$/i;

let pathOf: PathOfCatalogued = () => null;

/** Opens the catalogue to the problems; without it no name is known. */
export function provideCatalogue(lookup: PathOfCatalogued): void {
  pathOf = lookup;
}

/** The `type` of a problem (RFC 9457, section 3.1.1), and the name of the error type where that is no URI. */
export function problemType(
  errorType: string | null,
  base = '',
): { readonly type: string; readonly name: string | null } {
  if (errorType === null) return { type: 'about:blank', name: null };
  if (URI.test(errorType) && URL.canParse(errorType)) return { type: errorType, name: null };
  const path = pathOf(errorType);
  return { type: path === null ? 'about:blank' : `${base.replace(/\/$/, '')}${path}`, name: errorType.toWellFormed() };
}
