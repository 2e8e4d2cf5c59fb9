const lastTurns = new WeakMap<object, Promise<unknown>>();

/** Does one thing after the other for an owner, in the order in which it was asked to. */
export function inTurn<Result>(owner: object, work: () => Promise<Result>): Promise<Result> {
  const turn = (lastTurns.get(owner) ?? Promise.resolve()).then(work);
  lastTurns.set(
    owner,
    turn.catch(() => {}),
  );
  return turn;
}
