import { AwaitedFrames } from '../../src/inspection/awaited-frames.js';
import { ContextualExceptionInfo } from '../../src/inspection/contextual-exception-info.js';
import { LocalsRecorder } from '../../src/inspection/locals-recorder.js';
import { Redaction } from '../../src/inspection/redaction.js';
import { CallSources } from '../../src/inspection/call-sources.js';
import { FAILURES } from './awaiting-code.js';

/** A call of a failure, as it is told. */
export interface ToldFrame {
  readonly name: string | null;
  readonly isAsync: boolean;
  readonly line: string;
  readonly locals: Readonly<Record<string, string>> | null;
  /** What the frame says to each of the expressions; null where it was not kept. */
  readonly answers: readonly unknown[] | null;
}

/** A recorder is for a whole process: this one records each failure, alone and then all at once, and writes what it knows. */
const [expressions = '[]'] = process.argv.slice(2);
Error.stackTraceLimit = 50;
let isTelling = false;
const recorder = new LocalsRecorder({
  redaction: () => new Redaction(),
  ignored: new Set(),
  keepsFrames: true,
  isMuted: () => isTelling,
  awaited: new AwaitedFrames(),
});
const context = { sources: new CallSources(), recordOf: recorder.recordOf, hideInternalFrames: true };

async function thrownBy(code: () => Promise<unknown>): Promise<unknown> {
  try {
    return await code();
  } catch (error) {
    return error;
  }
}

function told(thrown: unknown): ToldFrame[][] {
  const info = new ContextualExceptionInfo(thrown, context);
  return [info, ...info.causes].map(({ frames }) =>
    frames.map(({ functionName, isAsync, source, locals, live }) => ({
      name: functionName,
      isAsync,
      line: source?.line.trim() ?? '',
      locals,
      answers:
        live && (JSON.parse(expressions) as string[]).map((expression) => answered(() => live.evaluate(expression))),
    })),
  );
}

function answered(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
}

const outcomes: Record<string, ToldFrame[][]> = {};
recorder.start();
for (const [name, code] of Object.entries(FAILURES)) {
  const thrown = await thrownBy(code);
  // What the expressions throw is not what is recorded: there is a limit in each second.
  isTelling = true;
  outcomes[name] = told(thrown);
  isTelling = false;
}
recorder.stop();
outcomes['afterwards'] = told(await thrownBy(FAILURES['several'] ?? (() => Promise.resolve())));
console.log(JSON.stringify(outcomes));
