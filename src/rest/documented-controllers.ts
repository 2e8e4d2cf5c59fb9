/**
 * Loads controllers, which are documented with `@nestjs/swagger`: the one package that a host without them may be without.
 * @param option the option of the module that asks for them.
 * @throws Error that says what to install.
 */
export async function loadDocumented<Controllers>(
  option: string,
  load: () => Promise<Controllers>,
): Promise<Controllers> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error) || !IS_MISSING.test(error.message)) throw error;
    throw new Error(
      `ErrorModule: ${option} is on, and the package @nestjs/swagger, which documents the routes, is not installed, so they ` +
        'cannot be served. Run npm install @nestjs/swagger, or leave the controllers off.',
      { cause: error },
    );
  }
}

/** As Node says it of `import` and of `require`; something that the package itself lacks is another matter. */
const IS_MISSING = /^Cannot find (?:package|module) '@nestjs\/swagger'/;
