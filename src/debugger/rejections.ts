/**
 * Hears of every rejection that nobody handles before anybody else does. Node asks `emit` whether there was somebody: what
 * is not taken here goes to the listeners of the application or, without any, ends the process as it always does.
 * @param take says whether a rejection is taken; it is asked in the asynchronous context that the promise was made in.
 * @returns what leaves `emit` as it was.
 */
export function hearRejections(take: (reason: unknown, tell: boolean) => boolean): () => void {
  const own = Object.getOwnPropertyDescriptor(process, 'emit');
  const usual: unknown = Reflect.get(process, 'emit');
  const emit = function (this: unknown, ...given: readonly unknown[]): boolean {
    const [event, reason, origin] = given;
    const isTaken =
      (event === 'unhandledRejection' && take(reason, true)) ||
      // With `--unhandled-rejections=strict` this comes first.
      (event === 'uncaughtException' && origin === 'unhandledRejection' && take(reason, false));
    return isTaken || Reflect.apply(usual as typeof emit, this, given);
  };
  Object.defineProperty(process, 'emit', { value: emit, configurable: true, writable: true, enumerable: true });
  return () => {
    // Somebody may have put something around it since, which still leads here and on.
    if (Reflect.get(process, 'emit') !== emit) return;
    if (own === undefined) Reflect.deleteProperty(process, 'emit');
    else Object.defineProperty(process, 'emit', own);
  };
}
