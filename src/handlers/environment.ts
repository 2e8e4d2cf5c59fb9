/** What the process was told around it: read here, and nowhere else in the handlers. */
export interface Environment {
  readonly isProduction: boolean;
  /** The variables by name, for those who look for secrets in them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The environment of this process, as it is now. */
export function environment(): Environment {
  // These two are directories, however much they sound like passwords.
  const { PWD: _here, OLDPWD: _before, ...variables } = process.env;
  return { isProduction: variables['NODE_ENV'] === 'production', variables };
}
