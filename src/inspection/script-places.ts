import { dirname } from 'node:path';
import { parse } from 'stacktrace-parser';
import { pathOf } from './source-files.js';

/** The directory that the library itself was loaded from, which its own frames are told by. */
const OWN_DIRECTORY = dirname(dirname(pathOf(parse(new Error().stack ?? '')[0]?.file ?? '')));

/** Whether code at this address is the application's: neither Node's, nor a package's, nor ours. */
export function isApplicationCode(address: string | null): boolean {
  if (address === null || address === '' || !/^(file:|\/|[A-Za-z]:[\\/])/.test(address)) return false;
  const path = pathOf(address);
  return !isInPackage(path) && !(path.startsWith(OWN_DIRECTORY) && isOwnRoom(path));
}

/** Whether a file belongs to a package, wherever a bundle says that it was. */
export function isInPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

const ROOMS = /^[\\/](exceptions|rendering|inspection|handlers|debugger)[\\/]/;

function isOwnRoom(path: string): boolean {
  return ROOMS.test(path.slice(OWN_DIRECTORY.length));
}
