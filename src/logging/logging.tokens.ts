/** The port by which the error handling tells of the server's own errors; `Symbol.for`, because it is one of another room. */
export const ERROR_REPORTS = Symbol.for('nestjs-errata.errorReports');
