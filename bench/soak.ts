import { soakDatabase } from './soak/soak-database.js';
import { Stage } from './stage.js';

const seconds = Number(process.argv[2] ?? 30);
if (!(seconds > 0)) {
  console.error('Give how many seconds each database is soaked for, as a positive number.');
  process.exit(2);
}

const stage = await Stage.open();
let hasFaults = false;
try {
  const databases = [
    ['PostgreSQL', { DATABASE_URL: await stage.database() }],
    ['the embedded database', { DATA_DIR: stage.directory() }],
  ] as const;
  for (const [name, settings] of databases) {
    console.log(`${name}, ${seconds} s:`);
    const { lines, faults } = await stage.perform((scene) => soakDatabase(scene, settings, seconds));
    console.log(lines.join('\n'));
    console.log(faults.length === 0 ? '  all facts hold' : faults.map((fault) => `  WRONG: ${fault}`).join('\n'));
    hasFaults ||= faults.length > 0;
  }
} finally {
  await stage.close();
}
process.exitCode = hasFaults ? 1 : 0;
