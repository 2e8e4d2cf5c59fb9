import type { Session } from 'node:inspector';

/** Asks the engine something and has the answer at once. @throws Error with what the engine says it is about. */
export type Post = (method: string, parameters?: object) => unknown;

/** In a session of the same thread the answers come before `post` returns. */
export function inspectorPost(session: Session): Post {
  return (method, parameters = {}) => {
    const failures: Error[] = [];
    let answer: unknown;
    session.post(method, parameters, (error, result) => {
      if (error !== null) failures.push(error);
      answer = result;
    });
    for (const { message } of failures) throw new Error(`The engine does not take ${method}: ${message}`);
    return answer;
  };
}
