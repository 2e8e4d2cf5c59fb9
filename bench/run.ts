import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { benchBuiltin } from './benches/builtin.js';
import { benchContextual } from './benches/contextual.js';
import { benchDetails } from './benches/details.js';
import { benchErrors } from './benches/errors.js';
import { benchList } from './benches/list.js';
import { benchLogHandler } from './benches/log-handler.js';
import { benchSave } from './benches/save.js';
import { benchSize } from './benches/size.js';
import { benchStart } from './benches/start.js';
import type { ResultRow } from './result-row.js';
import { formatTable } from './result-table.js';
import { Stage } from './stage.js';

const BENCHES = new Map<string, (stage: Stage) => Promise<ResultRow[]>>([
  ['details', benchDetails],
  ['list', benchList],
  ['builtin', benchBuiltin],
  ['save', benchSave],
  ['size', benchSize],
  ['start', benchStart],
  ['errors-express', (stage) => benchErrors(stage, 'express')],
  ['errors-fastify', (stage) => benchErrors(stage, 'fastify')],
  ['contextual', benchContextual],
  ['log-handler', benchLogHandler],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.has(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. The benches are ${[...BENCHES.keys()].join(', ')}.`);
  process.exit(2);
}

const stage = await Stage.open();
const rows: ResultRow[] = [];
try {
  for (const [name, bench] of BENCHES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    // The table is all there is on standard output.
    console.error(`${name} …`);
    rows.push(...(await stage.perform(bench)));
  }
} finally {
  await stage.close();
}
const machine = `${availableParallelism()} cores, Node ${process.version.slice(1)}, PostgreSQL ${stage.postgresVersion}`;
console.log(`\n${formatTable(rows)}\n\n${machine}`);
