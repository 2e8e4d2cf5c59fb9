import { BadRequest } from '../../../exceptions/client-errors.js';
import { pointerTo } from '../../../exceptions/field-error.js';
import { isJsonObject, tooDeepMembers, unknownMembers } from '../../../rest/json-members.js';
import type { JobErrorModel } from '../../error-definition.js';
import { ErrorInterface, exitCodeProblems, refusedInterface } from '../error-interface.js';
import type { MappedError } from '../job-type.repository.js';

/** An error as an error interface defines it on the wire. */
export interface WireDefinition {
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly category: string;
  readonly should_be_retried: boolean;
}

/** The error interface of a job type on the wire. */
export interface WireErrorInterface {
  readonly version: '1.0';
  readonly exit_codes: Readonly<Record<string, string | WireDefinition>>;
}

const MEMBERS = ['version', 'exit_codes'];
const FIELDS = ['name', 'title', 'description', 'category', 'should_be_retried'];
const AN_ERROR = 'Give the name of an error, or an object that defines one.';

/**
 * Reads an error interface: one without `version` is of version 1.0, one without `exit_codes` has none.
 * @throws InvalidErrorDefinition that names everything that is wrong, with its pointer.
 */
export function readErrorInterface(document: unknown): ErrorInterface {
  if (!isJsonObject(document)) {
    throw new BadRequest('The body is no JSON object. Send one, with Content-Type: application/json.');
  }
  const deep = tooDeepMembers(document);
  if (deep.length > 0) throw refusedInterface(deep);
  const problems = unknownMembers(document, MEMBERS);
  const { version = '1.0', exit_codes: exitCodes = {} } = document;
  if (version !== '1.0') {
    problems.push({ pointer: pointerTo('version'), detail: 'This is no version that is known. Write "1.0", a text.' });
  }
  if (!isJsonObject(exitCodes)) {
    problems.push({ pointer: pointerTo('exit_codes'), detail: 'This is no object. Let exit codes be its members.' });
    throw refusedInterface(problems);
  }
  const entries = Object.entries(exitCodes).flatMap(([code, value]): [string, JobErrorModel | string][] => {
    if (typeof value === 'string') return [[code, value]];
    if (isJsonObject(value)) {
      problems.push(...unknownMembers(value, FIELDS, 'exit_codes', code));
      return [[code, modelIn(value)]];
    }
    problems.push({ pointer: pointerTo('exit_codes', code), detail: `This is neither text nor object. ${AN_ERROR}` });
    return [];
  });
  problems.push(...exitCodeProblems(entries));
  if (problems.length > 0) throw refusedInterface(problems);
  return new ErrorInterface({ exitCodes: new Map(entries.map(([code, error]) => [Number(code), error])) });
}

/**
 * Shows what is stored: an error of the job type is defined at the first exit code that reports it and named at the others,
 * a built-in one is named. Stored again, it changes nothing.
 */
export function showErrorInterface(mapped: readonly MappedError[]): WireErrorInterface {
  const defined = new Set<string>();
  const entries = [...mapped]
    .sort((one, other) => one.exitCode - other.exitCode)
    .map(({ exitCode, jobTypeName, ...model }): [string, string | WireDefinition] => {
      if (jobTypeName === null || defined.has(model.name)) return [String(exitCode), model.name];
      defined.add(model.name);
      const { name, title, description, category, shouldBeRetried } = model;
      return [String(exitCode), { name, title, description, category, should_be_retried: shouldBeRetried }];
    });
  return { version: '1.0', exit_codes: Object.fromEntries(entries) };
}

/** Whatever the fields hold: the rules of models are asked afterwards. */
function modelIn({ name, title, description, category, should_be_retried }: Record<string, unknown>): JobErrorModel {
  const given = { name, title, description, category, shouldBeRetried: should_be_retried };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as JobErrorModel;
}
