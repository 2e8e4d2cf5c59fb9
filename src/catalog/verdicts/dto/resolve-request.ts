import { BadRequest } from '../../../exceptions/client-errors.js';
import { type FieldError, pointerTo } from '../../../exceptions/field-error.js';
import { isJsonObject, unknownMembers } from '../../../rest/json-members.js';
import { textProblem } from '../../definition-rules.js';
import { exitCodeProblem } from '../../job-types/exit-codes.js';
import type { Failure, ReportedException } from '../verdict.js';

const MEMBERS = ['job_type_name', 'exit_code', 'exception'];
const PARTS = ['name', 'message', 'code', 'causes'];

/** More causes than any chain of exceptions has. */
const MAX_CAUSES = 100;

/**
 * Reads the body of `POST /errors/resolve`; null is the same as nothing.
 * @throws BadRequest that names everything that is wrong, with its pointer.
 */
export function readResolveRequest(body: unknown): Failure {
  if (!isJsonObject(body)) {
    throw new BadRequest('The body is no JSON object. Send one, with Content-Type: application/json.');
  }
  const { job_type_name: jobTypeName, exit_code: exitCode, exception } = body;
  const problems = [
    ...unknownMembers(body, MEMBERS),
    ...problemAt(jobTypeName == null ? null : textProblem('jobTypeName', jobTypeName), 'job_type_name'),
    ...problemAt(exitCode == null ? null : exitCodeProblem(exitCode), 'exit_code'),
    ...(exception == null ? [] : exceptionProblems(exception)),
  ];
  if (problems.length > 0)
    throw new BadRequest('The failure cannot be judged as it is described.', { errors: problems });
  return {
    ...(jobTypeName == null ? {} : { jobTypeName: jobTypeName as string }),
    ...(exitCode == null ? {} : { exitCode: exitCode as number }),
    ...(exception == null ? {} : { exception: exceptionIn(exception as Record<string, unknown>) }),
  };
}

function exceptionProblems(exception: unknown): FieldError[] {
  if (!isJsonObject(exception)) {
    return problemAt(
      'This is no object. Give the name of the exception, and its message, code and causes.',
      'exception',
    );
  }
  const { name, message, code, causes } = exception;
  return [
    ...unknownMembers(exception, PARTS, 'exception'),
    ...problemAt(isName(name) ? null : 'This is no name. Give a text that is not empty.', 'exception', 'name'),
    ...problemAt(message == null || typeof message === 'string' ? null : 'This is no text.', 'exception', 'message'),
    ...problemAt(
      code == null || typeof code === 'string' || Number.isFinite(code) ? null : 'This is neither text nor number.',
      'exception',
      'code',
    ),
    ...problemAt(
      causes == null || (Array.isArray(causes) && causes.length <= MAX_CAUSES && causes.every(isName))
        ? null
        : `These are no names. Give an array of at most ${MAX_CAUSES} texts, the nearest cause first.`,
      'exception',
      'causes',
    ),
  ];
}

function exceptionIn({ name, message, code, causes }: Record<string, unknown>): ReportedException {
  return {
    name: name as string,
    ...(message == null ? {} : { message: message as string }),
    ...(code == null ? {} : { code: `${code as string | number}` }),
    ...(causes == null ? {} : { causes: causes as string[] }),
  };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function problemAt(detail: string | null, ...steps: string[]): FieldError[] {
  return detail === null ? [] : [{ pointer: pointerTo(...steps), detail }];
}
