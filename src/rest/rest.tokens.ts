import type { HttpRequest } from './request-url.js';

/** `Symbol.for`, because an ESM and a CommonJS copy of the package may be loaded side by side. */
export const ADMIN_GUARDS = Symbol.for('nestjs-errata.adminGuards');

/** Who knows the catalogued errors; nobody where the catalogue is closed. */
export const CATALOGUED_ERRORS = Symbol.for('nestjs-errata.cataloguedErrors');

/** Rejects for an id that no catalogued error has. */
export interface CataloguedErrors {
  getError(id: number): Promise<unknown>;
}

/** Where the entries of an error can be read; nowhere where the log is not served. */
export const ERROR_LINKS = Symbol.for('nestjs-errata.errorLinks');

/** The value of a `Link` header for the error that was asked for. */
export type ErrorLinks = (request: Pick<HttpRequest, 'originalUrl'>, errorId: number) => string;
