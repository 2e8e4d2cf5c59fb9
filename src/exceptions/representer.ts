/** An error in one representation. */
export interface Representation {
  readonly body: string;
  /** The media type, with its charset. */
  readonly contentType: string;
  /** Headers that the representation wants, such as a policy for a page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is known of the request that an error answers. */
export interface ProblemContext {
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  /**
   * What the paths of catalogued errors are appended to, to make the URI that explains them; undefined where nobody explains
   * them.
   */
  readonly problemTypeBase?: string | undefined;
  /**
   * Where the catalogue explains the error of a name: a path, or null for a name that it does not have. Asked while an error
   * is answered, hence synchronous.
   */
  readonly pathOfCatalogued?: ((name: string) => string | null) | undefined;
}

/** A problem as RFC 9457 defines it. */
export type Problem = Readonly<Record<string, unknown>>;

/** Makes representations of errors: the part of `rendering/` that the errors themselves offer as methods. */
export interface Representer<Represented> {
  represent(error: Represented, mimetype: string): Representation;
  problem(error: Represented, context?: ProblemContext): Problem;
}

let current: Representer<never> | undefined;

/** Tells the errors how they are represented. */
export function provideRepresenter<Represented>(representer: Representer<Represented>): void {
  current = representer;
}

/** @throws Error before it was provided, which the entries of the package see to. */
export function representer<Represented>(): Representer<Represented> {
  if (current === undefined)
    throw new Error('Import errors from the entry of the package: it brings their representations.');
  return current;
}
