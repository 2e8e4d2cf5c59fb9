import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Loads a driver by the name of its module, since a driver itself cannot be handed to another thread. It is looked for
 * beside this package and then in the working directory's packages.
 * @throws Error when it is in neither place.
 */
export async function loadNamedDriver(name: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(name)) as typeof module;
  } catch (failure) {
    module = fromWorkingDirectory(name, failure);
  }
  return module.default ?? module;
}

/** Where packages are kept apart, as pnpm does, this package sees none but its own. */
function fromWorkingDirectory(name: string, failure: unknown): { readonly default?: unknown } {
  try {
    return createRequire(join(process.cwd(), 'package.json'))(name) as { readonly default?: unknown };
  } catch {
    throw new Error(
      `nestjs-errata/pino: the driver “${name}” could not be loaded (${(failure as Error).message}), so the log cannot be ` +
        `opened. Install it (npm install ${name}), or give dataSource.driver the name of the module you use.`,
      { cause: failure },
    );
  }
}
