import cluster from 'node:cluster';
import { HandlerRefused } from '../handlers/handler-refused.js';
import type { DebuggerOptions } from './debugger-options.js';

/** What hosting platforms leave in the environment. */
const HOSTING = [
  'KUBERNETES_SERVICE_HOST',
  'AWS_LAMBDA_FUNCTION_NAME',
  'K_SERVICE',
  'DYNO',
  'VERCEL',
  'FLY_APP_NAME',
  'RENDER',
  'RAILWAY_ENVIRONMENT',
  'WEBSITE_SITE_NAME',
  'NETLIFY',
];

/**
 * A console in every frame gives whoever reaches it the whole process.
 * @throws HandlerRefused where anybody but a developer at this machine might be that.
 */
export function refuseToDebug(
  variables: Readonly<Record<string, string | undefined>>,
  { allowWithoutNodeEnv = false }: DebuggerOptions,
): void {
  const reason = reasonIn(variables, allowWithoutNodeEnv);
  if (reason === null) return;
  throw new HandlerRefused(
    `ErrorModule: the debug handler was not started: ${reason} It gives a console in every call to whoever reaches it, and is for ` +
      'development alone. Use the contextual or the default handler here.',
  );
}

function reasonIn(
  variables: Readonly<Record<string, string | undefined>>,
  allowWithoutNodeEnv: boolean,
): string | null {
  const mode = variables['NODE_ENV']?.trim().toLowerCase();
  if (mode === 'production') return 'NODE_ENV is “production”.';
  if ((mode === undefined || mode === '') && !allowWithoutNodeEnv) {
    return 'NODE_ENV is not set; set it to “development”, or set debugger: { allowWithoutNodeEnv: true }.';
  }
  const marker = HOSTING.find((name) => (variables[name] ?? '') !== '');
  if (marker !== undefined) return `the variable ${marker} says that this is a hosting platform.`;
  return cluster.isWorker ? 'this is a worker of a cluster, and its console would be another one each time.' : null;
}
