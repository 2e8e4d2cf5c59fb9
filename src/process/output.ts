import { Socket } from 'node:net';

/** How long nobody may read before the output is given up, in milliseconds. */
const PATIENCE = 5_000;

/** From now on a reader that is gone is no failure of the program's. */
export function tolerateLostReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * Settles when everything that was written to stdout and stderr is out, for which `process.exit` does not wait; or when that
 * will not come, since the reader is gone or does not read.
 */
export async function outputIsOut(): Promise<void> {
  await Promise.all([isOut(process.stdout), isOut(process.stderr)]);
}

function isOut(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => resolve();
    // A socket’s own clock begins anew with every part that is read, so that a slow reader is waited for.
    if (stream instanceof Socket) stream.setTimeout(PATIENCE, settle);
    else setTimeout(settle, PATIENCE);
    // What is written last is out last; after an error the callback is called as well.
    stream.write('', settle);
  });
}
