import { longestPause, type RetryPolicy } from './retry-policy.js';

/** What is tried, with the number of the attempt, from 1. */
export type Attempt<Result> = (attempt: number) => Result | PromiseLike<Result>;

/** By which policy something that failed is tried again; null when it is not. */
export type RetryJudge = (failure: unknown) => Promise<RetryPolicy | null>;

/**
 * Calls a function until it succeeds, as long as the judge finds another attempt worth it and its policy allows one. Before
 * each it waits a random part of the pause that the policy sets (full jitter), so that those who failed together do not come
 * back together. What the judge cannot judge is not tried again.
 * @throws what the last attempt threw, or the reason of the signal.
 */
export async function retryAs<Result>(judge: RetryJudge, fn: Attempt<Result>, signal?: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await fn(attempt);
    } catch (failure) {
      if (signal?.aborted === true) throw failure;
      // That it could not be judged must not hide what failed.
      const policy = await judge(failure).catch(() => null);
      if (policy === null || attempt >= policy.maxAttempts) throw failure;
      await pause(Math.random() * longestPause(policy, attempt) * 1_000, signal);
    }
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const endPause = (): void => {
      signal?.removeEventListener('abort', abort);
      resolve();
    };
    const timer = setTimeout(endPause, milliseconds);
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
