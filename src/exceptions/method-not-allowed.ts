import { ClientError } from './client-errors.js';
import type { ErrorDefaults, HttpErrorOptions } from './http-error.js';

/** 405 (RFC 9110, section 15.5.6). Its `Allow` header names the methods that the address answers. */
export class MethodNotAllowed extends ClientError {
  static override readonly brand: string = 'MethodNotAllowed';
  static override readonly defaults: ErrorDefaults = {
    code: 405,
    message: 'Method not allowed',
    detail:
      'This address exists but does not answer this kind of request. The Allow header names those that it answers.',
  };

  /**
   * @param allowedMethods what the address answers; none for an address that answers nothing any more.
   * @param detail by default a sentence that names the methods.
   */
  constructor(
    readonly allowedMethods: readonly string[] = [],
    detail?: unknown,
    options: HttpErrorOptions = {},
  ) {
    super(detail ?? describe(allowedMethods), {
      ...options,
      headers: { Allow: allowedMethods.join(', '), ...options.headers },
    });
  }
}

function describe(methods: readonly string[]): string | undefined {
  return methods.length === 0
    ? undefined
    : `This address answers ${methods.join(', ')} only. Send one of those, or check the address.`;
}
