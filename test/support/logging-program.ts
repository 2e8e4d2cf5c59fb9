import 'reflect-metadata';
import { DatabaseLogHandler } from '../../src/logging.js';
import { logDataSource } from './log-table.js';

/**
 * Logs without a pause until it is killed, or until the disk is full. It is given the address of the database, the directory
 * of the spool, how much the spool may take up, and how many records there are: it prints how many it knows to be safe.
 */
const [url = '', directory = '', maxBytes = '0', count = '0', then = ''] = process.argv.slice(2);
const dataSource = await logDataSource(url, false);
const handler = new DatabaseLogHandler({
  dataSource,
  spool: { directory, maxBytes: Number(maxBytes) },
  answerTimeout: 300,
  queueBytes: 1_048_576,
});
console.log('ready');
process.stdin.once('data', () => void run());

async function run(): Promise<void> {
  for (let index = 0; index < Number(count); index++) handler.emit({ level: 'info', message: `record ${index}` });
  await handler.flush();
  console.log(`safe ${count}`);
  if (then === 'throw') {
    handler.emit({ level: 'fatal', message: `record ${count}` });
    setTimeout(() => {
      throw new Error('nobody catches this');
    }, 0);
  } else setInterval(() => handler.emit({ level: 'info', message: 'not known to be safe' }), 1);
}
