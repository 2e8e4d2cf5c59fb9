import { type FieldError, pointerTo } from '../../exceptions/field-error.js';
import { InvalidErrorDefinition } from '../catalog-errors.js';
import { textProblem } from '../definition-rules.js';
import { isSameModel, type JobErrorModel, modelFieldProblems, modelProblems } from '../error-definition.js';

/** The exit codes that report an error: 0 is success, and a process cannot end with more than 255. */
const LEAST = 1;
const MOST = 255;

/** What an error interface is made of. */
export interface ErrorInterfaceParts {
  /** What each exit code reports: an error that is defined here, or the name of one that is defined elsewhere. */
  readonly exitCodes?: ReadonlyMap<number, JobErrorModel | string> | Readonly<Record<number, JobErrorModel | string>>;
  /** The errors that no exit code reports, such as those that a program writes to its log. */
  readonly errors?: readonly JobErrorModel[];
}

/**
 * The error interface of a job type: which errors it declares, and which of them its exit codes report. Names without a
 * definition are those of errors that the job type has already, or of built-in ones.
 */
export class ErrorInterface {
  readonly version = '1.0';
  readonly exitCodes: ReadonlyMap<number, JobErrorModel | string>;
  /** The name of the error that each exit code reports. */
  readonly names: ReadonlyMap<number, string>;
  /** Every error that is defined here, each once. */
  readonly models: readonly JobErrorModel[];

  /** @throws InvalidErrorDefinition that names everything that is wrong. */
  constructor({ exitCodes = {}, errors = [] }: ErrorInterfaceParts = {}) {
    const given = exitCodes instanceof Map ? [...exitCodes] : Object.entries(exitCodes);
    const entries = given.map(([code, error]) => [String(code), error] as [string, JobErrorModel | string]);
    const problems = [...exitCodeProblems(entries), ...modelProblems(errors, ['errors'])];
    if (problems.length > 0) throw refusedInterface(problems);
    this.exitCodes = new Map(entries.map(([code, error]) => [Number(code), error]));
    this.names = new Map([...this.exitCodes].map(([code, error]) => [code, nameOf(error)]));
    const ofExitCodes = [...this.exitCodes.values()].filter((error) => typeof error !== 'string');
    const byName = new Map(ofExitCodes.map((model) => [model.name, model]));
    const contradicting = errors.flatMap((model, index) => {
      const other = byName.get(model.name);
      const detail = `An exit code defines “${model.name}” otherwise. Define it once.`;
      return other === undefined || isSameModel(model, other) ? [] : [{ pointer: pointerTo('errors', index), detail }];
    });
    if (contradicting.length > 0) throw refusedInterface(contradicting);
    this.models = [...new Map([...errors.map((model) => [model.name, model] as const), ...byName]).values()];
  }
}

/** Says what is wrong with exit codes and what they report, each problem with its pointer. */
export function exitCodeProblems(
  entries: readonly (readonly [code: string, error: JobErrorModel | string])[],
): FieldError[] {
  const definitions = new Map<string, readonly [code: string, model: JobErrorModel]>();
  return entries.flatMap(([code, error]) => {
    const at = (detail: string | null, ...field: string[]): FieldError[] =>
      detail === null ? [] : [{ pointer: pointerTo('exit_codes', code, ...field), detail }];
    const problems = at(exitCodeProblem(code));
    if (typeof error === 'string') return [...problems, ...at(textProblem('name', error))];
    problems.push(...modelFieldProblems(error).flatMap(([field, detail]) => at(detail, field)));
    const [first, other] = definitions.get(error.name) ?? [code, error];
    definitions.set(error.name, [first, other]);
    if (!isSameModel(error, other)) {
      problems.push(...at(`Exit code ${first} defines “${error.name}” otherwise. Write its name alone here.`));
    }
    return problems;
  });
}

/** The refusal of an error interface, which names everything that is wrong. */
export function refusedInterface(problems: readonly FieldError[]): InvalidErrorDefinition {
  return new InvalidErrorDefinition('The error interface cannot be used; nothing was stored.', problems);
}

function nameOf(error: JobErrorModel | string): string {
  return typeof error === 'string' ? error : error.name;
}

function exitCodeProblem(text: string): string | null {
  const remedy = `Exit codes that report an error are the integers from ${LEAST} to ${MOST}.`;
  if (text === '0') return `Exit code 0 is success and reports no error. Leave it out. ${remedy}`;
  const code = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0;
  if (code >= LEAST && code <= MOST) return null;
  return `“${text.slice(0, 50).toWellFormed()}” is no exit code. ${remedy}`;
}
