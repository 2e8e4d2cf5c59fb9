/** One thing wrong with a request: where (a field of the body, or a parameter) and what. */
export interface Problem {
  /** A JSON Pointer into the body (RFC 6901), as a URI fragment. */
  readonly pointer?: string;
  /** The name of a query or path parameter. */
  readonly parameter?: string;
  readonly detail: string;
}

/** The JSON Pointer of a path of member names and indices. */
export function pointerTo(...path: readonly (string | number)[]): string {
  return ['#', ...path.map((step) => encodePointerStep(String(step)))].join('/');
}

function encodePointerStep(step: string): string {
  return encodeURIComponent(step.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));
}
