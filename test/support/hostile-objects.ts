/** Refuses whatever it is asked. */
export const refuse = (): never => {
  throw new Error('This refuses to be looked at.');
};

/** Everything that can be done to an object, and a proxy can refuse. */
export const TRAPS: readonly (keyof ProxyHandler<object>)[] = [
  'apply',
  'construct',
  'defineProperty',
  'deleteProperty',
  'get',
  'getOwnPropertyDescriptor',
  'getPrototypeOf',
  'has',
  'isExtensible',
  'ownKeys',
  'preventExtensions',
  'set',
  'setPrototypeOf',
];

/** Refuses these. */
export const trapped = (traps: readonly string[]): ProxyHandler<object> =>
  Object.fromEntries(traps.map((trap): [string, typeof refuse] => [trap, refuse]));

/** An object that nothing can be done with any more. */
export function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object with a member that answers by a call. */
export function withGetter(target: object, name: PropertyKey, get: () => unknown = refuse): object {
  return Object.defineProperty(target, name, { get, configurable: true });
}

/** An object that holds itself. */
export function cycle(): Record<string, unknown> {
  const object: Record<string, unknown> = { a: 1 };
  object['self'] = object;
  return object;
}

/** More than anybody wants to read. */
export const HUGE = 'x'.repeat(5_000_000);
