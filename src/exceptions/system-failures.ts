import { constants } from 'node:os';

/** Codes that only an address or a connection fails with (POSIX.1-2024, System Interfaces 2.3; getaddrinfo). */
const NETWORK =
  /^E(?:ADDR|AI_|CONN|HOST|NET|NOTCONN|NOTSOCK|ISCONN|TIMEDOUT|DESTADDRREQ|MSGSIZE|PROTO|PROTOTYPE|NOPROTOOPT)/;

/** The codes of the system that files and streams fail with. */
export const FILE_CODES: readonly string[] = Object.keys(constants.errno).filter(isOfFiles);

/** The system calls by which Node names what it did to a file, a directory or a stream (libuv, and `lib/internal/fs`). */
const SYSCALLS: ReadonlySet<string> = new Set([
  ...[
    'access',
    'chdir',
    'chmod',
    'chown',
    'close',
    'copyfile',
    'cp',
    'fchmod',
    'fchown',
    'fdatasync',
    'fstat',
    'fsync',
  ],
  ...[
    'ftruncate',
    'futime',
    'lchown',
    'link',
    'lstat',
    'lutime',
    'mkdir',
    'mkdtemp',
    'mkstemp',
    'open',
    'opendir',
    'read',
  ],
  ...['readdir', 'readlink', 'realpath', 'rename', 'rm', 'rmdir', 'scandir', 'sendfile', 'stat', 'statfs', 'symlink'],
  ...['unlink', 'utime', 'uv_cwd', 'watch', 'write', 'writev'],
]);

/** Whether it is one of Node’s system errors for a file or a stream. */
export function isFileFailure(error: unknown): boolean {
  const { errno, syscall, code } = error as { errno?: unknown; syscall?: unknown; code?: unknown };
  return typeof errno === 'number' && SYSCALLS.has(String(syscall)) && typeof code === 'string' && isOfFiles(code);
}

function isOfFiles(code: string): boolean {
  return !NETWORK.test(code);
}
