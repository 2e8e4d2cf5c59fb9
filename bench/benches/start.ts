import { setTimeout as delay } from 'node:timers/promises';
import { residentMegabytes, startService } from '../child-processes.js';
import { readable, type ResultRow } from '../result-row.js';
import type { Stage } from '../stage.js';
import { median } from '../statistics.js';

const STARTS = 5;
const IDLE = 5_000;

/** How soon the service answers on a database that does not exist yet, and how much memory it takes once it is up. */
export async function benchStart(stage: Stage): Promise<ResultRow[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const service = await startService(stage, {});
    times.push(service.startTime);
    await service.stop();
  }
  const service = await startService(stage, { DATABASE_URL: await stage.database() });
  await delay(IDLE);
  return [
    {
      bench: 'start',
      compared: 'from the start of the process to the first 200, embedded database',
      ours: `${readable(median(times) / 1_000, 2)} s`,
      theirs: '',
      ratio: '',
      target: '< 3 s',
    },
    {
      bench: 'start',
      compared: 'memory 5 s after the start, PostgreSQL',
      ours: `${readable(residentMegabytes(service.pid))} MB`,
      theirs: '',
      ratio: '',
      target: '< 200 MB',
    },
  ];
}
