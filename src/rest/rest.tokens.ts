/** `Symbol.for`, because an ESM and a CommonJS copy of the package may be loaded side by side. */
export const ADMIN_GUARDS = Symbol.for('nestjs-errata.adminGuards');
