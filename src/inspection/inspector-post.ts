import type { Session } from 'node:inspector';

/** Asks the engine something and has the answer at once. @throws Error with what the engine says it is about. */
export type Post = (method: string, parameters?: object) => unknown;

/** In a session of the same thread the answers come before `post` returns. */
export function inspectorPost(session: Session): Post {
  return (method, parameters = {}) => {
    let answer: unknown;
    let failure: Error | null = null;
    session.post(method, parameters, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure !== null) throw new Error(`${method}: ${String((failure as Error).message)}`);
    return answer;
  };
}
