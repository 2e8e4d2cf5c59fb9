// Starts the service and restarts it on every change, as in development: with NODE_ENV where the environment says nothing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './tools.mjs';

const nest = join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const child = spawn(process.execPath, [nest, 'start', '--watch'], {
  env: { NODE_ENV: 'development', ...process.env },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
