import { LocalsRecorder } from '../../src/inspection/locals-recorder.js';
import { Redaction } from '../../src/inspection/redaction.js';

/** Two applications of one process record; the first comes to its end, and then something is thrown. */
const settings = { redaction: () => new Redaction(), ignored: new Set<string>() };
const [ended, recording] = [new LocalsRecorder(settings), new LocalsRecorder(settings)];
ended.start();
recording.start();
ended.stop();

function fail(job: string): never {
  throw new Error(`No such job: ${job}`);
}

try {
  fail('nightly');
} catch (error) {
  const record = recording.recordOf(error);
  console.log(JSON.stringify(typeof record === 'string' ? record : record.frames[0]?.locals));
}
recording.stop();
