import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { benchBuiltin } from './benches/builtin.js';
import { benchConsoleEvaluation } from './benches/console-evaluation.js';
import { benchContextual } from './benches/contextual.js';
import { benchDebugCaptures } from './benches/debug-captures.js';
import { benchDetails } from './benches/details.js';
import { benchErrors } from './benches/errors.js';
import { benchExitCodeLookups } from './benches/exit-code-lookups.js';
import { benchExceptionLookups } from './benches/exception-lookups.js';
import { benchList } from './benches/list.js';
import { benchLogReading } from './benches/log-reading.js';
import { benchLogHandler } from './benches/log-handler.js';
import { benchSave } from './benches/save.js';
import { benchSize } from './benches/size.js';
import { benchStart } from './benches/start.js';
import type { ResultRow } from './result-row.js';
import { formatTable } from './result-table.js';
import { Stage } from './stage.js';

/** Each may be told an amount after its name, such as `log-reading:1000000`; those that have none pass it over. */
const BENCHES = new Map<string, (stage: Stage, amount?: number) => Promise<ResultRow[]>>([
  ['details', benchDetails],
  ['list', benchList],
  ['builtin', benchBuiltin],
  ['exit-code-lookups', benchExitCodeLookups],
  ['exception-lookups', benchExceptionLookups],
  ['save', benchSave],
  ['size', benchSize],
  ['start', benchStart],
  ['errors-express', (stage) => benchErrors(stage, 'express')],
  ['errors-fastify', (stage) => benchErrors(stage, 'fastify')],
  ['contextual', benchContextual],
  ['debug-captures', (stage) => benchDebugCaptures(stage)],
  ['console-evaluation', benchConsoleEvaluation],
  ['log-reading', benchLogReading],
  ['log-handler', benchLogHandler],
]);

const wanted = new Map<string, string | undefined>(
  process.argv.slice(2).map((argument) => {
    const [name = '', amount] = argument.split(':', 2);
    return [name, amount];
  }),
);
const unknown = [...wanted.keys()].filter((name) => !BENCHES.has(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. The benches are ${[...BENCHES.keys()].join(', ')}.`);
  process.exit(2);
}

const stage = await Stage.open();
const rows: ResultRow[] = [];
try {
  for (const [name, bench] of BENCHES) {
    if (wanted.size > 0 && !wanted.has(name)) continue;
    // The table is all there is on standard output.
    console.error(`${name} …`);
    const amount = wanted.get(name);
    rows.push(...(await stage.perform((own) => bench(own, amount === undefined ? undefined : Number(amount)))));
  }
} finally {
  await stage.close();
}
const machine = `${availableParallelism()} cores, Node ${process.version.slice(1)}, PostgreSQL ${stage.postgresVersion}`;
console.log(`\n${formatTable(rows)}\n\n${machine}`);
