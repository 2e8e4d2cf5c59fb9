import { BRANDS } from './brand.js';
import { describeRegistration, isAlike, refuseUnmakeable, refuseUnusable, sameClass } from './registrations.js';
import { ScaleError, type ScaleErrorClass } from './scale-error.js';
import { ScaleDatabaseError, ScaleIOError, ScaleOperationalError } from './scale-errors.js';

/** Which error an exit code reports. */
export interface ErrorRegistration {
  /** What a process ends with: 1 to 255. */
  readonly exitCode: number;
  /** The name of the error in the catalogue. */
  readonly errorName: string;
  /** The name of the exception that it stands for. */
  readonly wrappedEx?: string | null;
}

type Matches = (error: unknown) => boolean;

/** How many errors of a cause chain are looked at: it may be endless. */
const MAX_CAUSES = 10;

/** The errors that processes end with, by exit code and by exception. */
export class ErrorRegistry {
  private readonly byCode: (ErrorRegistration | undefined)[] = new Array<undefined>(256).fill(undefined);
  private readonly byName = new Map<string, ScaleError>();
  /** What the classes of exceptions came to, until another one is registered. */
  private byPrototype = new WeakMap<object, ScaleError | null>();
  /** The latest first. */
  private readonly matchers: { readonly error: ScaleError; readonly matches: Matches }[] = [];

  /**
   * Adds an error. What is registered already, by a class or by its name alone, may be registered again.
   * @throws Error for an exit code or a wrapped exception that stands for another error, and for what is no exit code.
   */
  register(error: ErrorRegistration): void {
    refuseUnusable(error);
    const known = this.byCode[error.exitCode];
    if (known !== undefined && !isAlike(known, error)) {
      throw new Error(
        `Exit code ${error.exitCode} was to be registered for ${describeRegistration(error)} and already stands for ` +
          `${describeRegistration(known)}: the registration was refused. Give one of them another exit code.`,
      );
    }
    // A name without a class adds nothing to the class that is there, nor does another instance of it.
    if (known !== undefined && (!(error instanceof ScaleError) || known instanceof ScaleError)) return;
    if (error instanceof ScaleError) this.addClass(error);
    this.byCode[error.exitCode] = error;
  }

  /** The error that an exit code reports, or null. */
  byExitCode(exitCode: number): ErrorRegistration | null {
    return this.byCode[exitCode] ?? null;
  }

  /**
   * The registered error that an exception is a case of, or null. Never throws, whatever is given.
   * @param nameOrError an exception, which is then the cause of what is returned; or the name of one, or an alias of it.
   */
  byException(nameOrError: unknown): ScaleError | null {
    if (typeof nameOrError === 'string') return this.byName.get(nameOrError) ?? null;
    try {
      return this.find(nameOrError);
    } catch {
      // It defends itself against being looked at, so nothing is known of it.
      return null;
    }
  }

  /** The exit codes that report the error of a name, ascending. */
  exitCodesOf(errorName: string): readonly number[] {
    return this.registrations().flatMap((error) => (error.errorName === errorName ? [error.exitCode] : []));
  }

  /** Everything that is registered, by exit code. */
  registrations(): readonly ErrorRegistration[] {
    return this.byCode.filter((error) => error !== undefined);
  }

  private addClass(error: ScaleError): void {
    const { aliases, matches } = ownStatics(error);
    const names = [error.wrappedEx ?? [], aliases].flat();
    for (const name of names) {
      const holder = this.byName.get(name);
      if (holder === undefined || sameClass(holder, error)) continue;
      throw new Error(
        `The exception ${name} was to be wrapped by ${describeRegistration(error)} and is already wrapped by ` +
          `${describeRegistration(holder)}: the registration was refused. Let one of them wrap another exception.`,
      );
    }
    if (names.length > 0 || matches !== undefined) refuseUnmakeable(error);
    for (const name of names) this.byName.set(name, error);
    if (matches !== undefined) this.matchers.unshift({ error, matches });
    this.byPrototype = new WeakMap();
  }

  private find(thrown: unknown): ScaleError | null {
    let current = thrown;
    for (let depth = 0; depth < MAX_CAUSES && typeof current === 'object' && current !== null; depth += 1) {
      // What has no brands is no error of ours, which is found out in no time.
      if (BRANDS in current && current instanceof ScaleError) return current;
      const registered = this.matching(current) ?? this.named(current);
      if (registered !== null) return wrapped(registered, thrown);
      current = (current as { cause?: unknown }).cause;
    }
    return null;
  }

  private matching(error: object): ScaleError | null {
    for (const matcher of this.matchers) if (matcher.matches(error)) return matcher.error;
    return null;
  }

  private named(error: object): ScaleError | null {
    const own = this.byName.get((error as { name: string }).name);
    return own ?? this.ofClass(prototypeOf(error));
  }

  private ofClass(type: Prototype | null): ScaleError | null {
    if (type === null) return null;
    const known = this.byPrototype.get(type);
    if (known !== undefined) return known;
    const found = this.byName.get(type.constructor?.name ?? '') ?? this.ofClass(prototypeOf(type));
    this.byPrototype.set(type, found);
    return found;
  }
}

/** What has a class has its name there; an object need not have one. */
interface Prototype {
  readonly constructor?: { readonly name?: string };
}

function prototypeOf(value: object): Prototype | null {
  return Object.getPrototypeOf(value) as Prototype | null;
}

/** What a subclass inherits speaks of the exceptions of the class that it extends, not of its own. */
function ownStatics(error: ScaleError): { readonly aliases: readonly string[]; readonly matches?: Matches } {
  const type = error.constructor as ScaleErrorClass;
  return {
    aliases: Object.hasOwn(type, 'aliases') ? (type.aliases ?? []) : [],
    ...(Object.hasOwn(type, 'matches') ? { matches: (thrown) => type.matches?.(thrown) === true } : {}),
  };
}

/** The stack of an error that stands for another is of no interest, and most of what it would cost. */
function wrapped(registered: ScaleError, thrown: unknown): ScaleError {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return registered.wrapping(thrown);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

const REGISTRY = Symbol.for('nestjs-errata.registry');

/** One for the process, also where ESM and CommonJS copies of the package are loaded side by side. */
function shared(): ErrorRegistry {
  const holder = globalThis as { [REGISTRY]?: ErrorRegistry };
  if (holder[REGISTRY] === undefined) {
    const registry = new ErrorRegistry();
    // Before anything of a host's, whose classes are asked first; and Operational is asked before Database.
    for (const error of [new ScaleIOError(), new ScaleDatabaseError(), new ScaleOperationalError()])
      registry.register(error);
    holder[REGISTRY] = registry;
  }
  return holder[REGISTRY];
}

/** The errors that this process knows. */
export const errorRegistry: ErrorRegistry = shared();

/**
 * Registers an error for its exit code and for the exception that it wraps.
 * @throws Error when either stands for another error already.
 */
export function registerError(error: ScaleError): void {
  errorRegistry.register(error);
}

/**
 * The registered error that an exception is a case of, or null for one that nobody registered.
 * @param nameOrError an exception, which is then the cause of what is returned; or the name of one.
 */
export function getErrorByException(nameOrError: unknown): ScaleError | null {
  return errorRegistry.byException(nameOrError);
}
