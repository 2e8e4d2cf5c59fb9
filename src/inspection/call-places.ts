/** Where a call stands: the script, as a stack names it, and the offset in it. */
export interface CallPlace {
  readonly script: string;
  readonly offset: number;
}

/** Node's own calls between the engine and a hook. */
const DISPATCHER = 'node:internal/promise_hooks';

/**
 * Where the calls stand that run now, the innermost first; null for a function of the engine's own, such as `then`.
 * @param from the function whose callers they are.
 * @param limit how many are looked at.
 */
export function callPlaces(from: (...given: never[]) => unknown, limit: number): (CallPlace | null)[] {
  const format: unknown = Reflect.get(Error, 'prepareStackTrace');
  const usual: unknown = Reflect.get(Error, 'stackTraceLimit');
  // An Error that is frozen takes neither, and says nothing: then its stack is a text.
  Reflect.set(Error, 'stackTraceLimit', limit);
  Reflect.set(Error, 'prepareStackTrace', (_: unknown, calls: unknown) => calls);
  const held: { stack?: unknown } = {};
  Error.captureStackTrace(held, from);
  const { stack } = held;
  Reflect.set(Error, 'prepareStackTrace', format);
  Reflect.set(Error, 'stackTraceLimit', usual);
  if (!Array.isArray(stack)) return [];
  return (stack as PlacedCall[])
    .filter((call) => !call.isAsync() && call.getFileName() !== DISPATCHER)
    .map((call) => placeOf(call));
}

/** What Node's types leave out. */
interface PlacedCall extends NodeJS.CallSite {
  isAsync(): boolean;
  getPosition(): number;
}

function placeOf(call: PlacedCall): CallPlace | null {
  const script = call.getScriptNameOrSourceURL();
  return script ? { script, offset: call.getPosition() } : null;
}
