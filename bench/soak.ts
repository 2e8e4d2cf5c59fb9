import { soakContextual } from './soak/contextual-memory.js';
import { soakLogOutage } from './soak/log-outage.js';
import { soakDatabase } from './soak/soak-database.js';
import { Stage } from './stage.js';

/** `npm run soak -- log` has the log alone soaked, with PostgreSQL standing still for that many seconds. */
const isLogAlone = process.argv[2] === 'log';
const seconds = Number(process.argv[isLogAlone ? 3 : 2] ?? (isLogAlone ? 60 : 30));
if (!(seconds > 0)) {
  console.error('Give how many seconds each database is soaked for, as a positive number.');
  process.exit(2);
}

function tell({ lines, faults }: { readonly lines: readonly string[]; readonly faults: readonly string[] }): void {
  console.log(lines.join('\n'));
  console.log(faults.length === 0 ? '  all facts hold' : faults.map((fault) => `  WRONG: ${fault}`).join('\n'));
  if (faults.length > 0) process.exitCode = 1;
}

const stage = await Stage.open();
try {
  console.log(`The log, while PostgreSQL stands still for ${seconds} s:`);
  tell(await stage.perform((scene) => soakLogOutage(scene, seconds)));
  if (!isLogAlone) await soakTheRest();
} finally {
  await stage.close();
}

async function soakTheRest(): Promise<void> {
  const databases = [
    ['PostgreSQL', { DATABASE_URL: await stage.database() }],
    ['the embedded database', { DATA_DIR: stage.directory() }],
  ] as const;
  for (const [name, settings] of databases) {
    console.log(`${name}, ${seconds} s:`);
    tell(await stage.perform((scene) => soakDatabase(scene, settings, seconds)));
  }
  for (const adapter of ['express', 'fastify'] as const) {
    console.log(`The contextual handler on ${adapter}:`);
    tell(await stage.perform((scene) => soakContextual(scene, adapter)));
  }
}
