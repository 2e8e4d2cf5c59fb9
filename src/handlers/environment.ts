/** What the process was told around it: read here, and nowhere else in the handlers. */
export interface Environment {
  readonly isProduction: boolean;
  /** The variables by name, for those who look for secrets in them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** However much they sound like passwords. */
const DIRECTORIES: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

/** The environment of this process, as it is now. */
export function environment(): Environment {
  const variables: Record<string, string | undefined> = {};
  // Each by itself takes a fifth of the time of all at once, which the engine asks for twice.
  for (const name of Object.getOwnPropertyNames(process.env))
    if (!DIRECTORIES.has(name)) variables[name] = process.env[name];
  return { isProduction: variables['NODE_ENV'] === 'production', variables };
}
