import type { ErrorCategory } from './error.entity.js';

/** A built-in error as it is seeded: it belongs to no job type. */
export interface BuiltinError {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly category: ErrorCategory;
  readonly shouldBeRetried: boolean;
  /** What a process ends with to report the error, from 1 to 255; it is registered at start, unless it is taken. */
  readonly exitCode?: number;
}

/** What every host gets: the errors that the module itself refers to. */
export const BASIC_BUILTIN_ERRORS: readonly BuiltinError[] = [
  builtin(
    'database',
    'Database',
    'SYSTEM',
    true,
    'A statement failed in the database. The data may be at odds with its constraints, or the database with the code.',
    2,
  ),
  builtin(
    'database-operation',
    'Database Operation',
    'SYSTEM',
    true,
    'The database could not be worked with: it was out of reach, overloaded, or two transactions stood in each other’s way.',
    3,
  ),
  builtin(
    'filesystem-io',
    'Filesystem I/O',
    'SYSTEM',
    true,
    'A file or directory could not be read or written: it may be missing, forbidden, on a full disk or on a mount that went away.',
    4,
  ),
  builtin(
    'unknown',
    'Unknown',
    'SYSTEM',
    true,
    'Nothing is known about the cause. The log of the job is the place to look.',
  ),
  builtin(
    'algorithm-unknown',
    'Algorithm Failure',
    'ALGORITHM',
    false,
    'The algorithm ended with an exit code that its job type gives no meaning to.',
  ),
];

/** The whole list, as a job platform needs it. */
export const ALL_BUILTIN_ERRORS: readonly BuiltinError[] = [
  ...BASIC_BUILTIN_ERRORS,
  builtin(
    'deleted-file',
    'Deleted File',
    'SYSTEM',
    false,
    'A file that the job needs as its input was deleted before the job could read it.',
    8,
  ),
  builtin('docker-task-launch', 'Docker Launch', 'SYSTEM', true, 'Docker could not start the container of a task.'),
  builtin(
    'docker-terminated',
    'Docker Terminated',
    'SYSTEM',
    true,
    'The container of a task was ended from outside before it was done.',
  ),
  builtin('ingest-timeout', 'Ingest Timeout', 'SYSTEM', true, 'Taking in a file took longer than is allowed for it.'),
  builtin(
    'invalid-results-manifest',
    'Invalid Results Manifest',
    'ALGORITHM',
    false,
    'The manifest in which the algorithm describes its results is malformed or contradicts its interface.',
    5,
  ),
  builtin(
    'launch-timeout',
    'Launch Timeout',
    'SYSTEM',
    true,
    'A task did not start running within the time allowed for its launch.',
  ),
  builtin(
    'missing-file',
    'Missing File',
    'SYSTEM',
    false,
    'A file that the catalogue of files lists is not where it should be.',
    9,
  ),
  builtin(
    'missing-mount',
    'Missing Mount',
    'SYSTEM',
    false,
    'A mount that the job type requires is not configured.',
    10,
  ),
  builtin(
    'missing-required-output',
    'Missing Required Output',
    'ALGORITHM',
    false,
    'The algorithm ended without writing an output that its interface declares as required.',
    7,
  ),
  builtin(
    'missing-setting',
    'Missing Setting',
    'SYSTEM',
    false,
    'A setting that the job type requires is not configured.',
    6,
  ),
  builtin('node-lost', 'Node Lost', 'SYSTEM', true, 'The node that ran the task left the cluster.'),
  builtin(
    'post-timeout',
    'Post-task Timeout',
    'SYSTEM',
    true,
    'Storing the results of the job took longer than is allowed for it.',
  ),
  builtin(
    'pre-timeout',
    'Pre-task Timeout',
    'SYSTEM',
    true,
    'Preparing the inputs of the job took longer than is allowed for it.',
  ),
  builtin('pull', 'Docker Pull Failed', 'SYSTEM', true, 'The image of the job could not be pulled from its registry.'),
  builtin(
    'pull-timeout',
    'Pull-task Timeout',
    'SYSTEM',
    true,
    'Pulling the image of the job took longer than is allowed for it.',
  ),
  builtin(
    'resource-starvation',
    'Resource Starvation',
    'SYSTEM',
    true,
    'The task waited for resources longer than is allowed; no node had enough of them to offer.',
  ),
  builtin(
    'scheduler-lost',
    'Scheduler Restarted',
    'SYSTEM',
    true,
    'The scheduler was restarted and lost track of the task.',
  ),
  builtin('system-timeout', 'Timeout', 'SYSTEM', true, 'A task of the system took longer than is allowed for it.'),
  builtin(
    'task-launch',
    'Task Launch',
    'SYSTEM',
    true,
    'A task could not be launched on the node that was chosen for it.',
  ),
  builtin('timeout', 'Timeout', 'ALGORITHM', false, 'The algorithm ran longer than its job type allows.'),
  builtin(
    'unexpected-multiple-outputs',
    'Unexpected Multiple Outputs',
    'ALGORITHM',
    false,
    'The algorithm wrote several files for an output that its interface declares as a single one.',
    26,
  ),
];

/** Without these, what is not known could not be judged at all. */
const NEEDED = ['unknown', 'algorithm-unknown'];

/** The built-in errors that a host asks for; its own list is completed by those that verdicts come to when nothing is known. */
export function builtinsOf(choice: 'basic' | 'all' | readonly BuiltinError[]): readonly BuiltinError[] {
  if (choice === 'basic') return BASIC_BUILTIN_ERRORS;
  if (choice === 'all') return ALL_BUILTIN_ERRORS;
  const own = new Set(choice.map(({ name }) => name));
  return [...choice, ...BASIC_BUILTIN_ERRORS.filter(({ name }) => NEEDED.includes(name) && !own.has(name))];
}

function builtin(
  name: string,
  title: string,
  category: ErrorCategory,
  shouldBeRetried: boolean,
  description: string,
  exitCode?: number,
): BuiltinError {
  const reported = exitCode === undefined ? {} : { exitCode };
  return { name, title, description, category, shouldBeRetried, ...reported };
}
