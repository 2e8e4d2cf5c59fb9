/** One thing wrong with a request: where, and what. */
export interface FieldError {
  /** A JSON Pointer into the body (RFC 6901), as a URI fragment. */
  readonly pointer?: string;
  /** The name of a query or path parameter. */
  readonly parameter?: string;
  readonly detail: string;
}

/** The JSON Pointer of a path of member names and indices, as a URI fragment (RFC 6901, section 6). */
export function pointerTo(...path: readonly (string | number)[]): string {
  return ['#', ...path.map((step) => encodePointerStep(String(step)))].join('/');
}

function encodePointerStep(step: string): string {
  return encodeURIComponent(step.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));
}
