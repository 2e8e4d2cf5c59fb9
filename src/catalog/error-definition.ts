import { type FieldError, pointerTo } from '../exceptions/field-error.js';
import { booleanProblem, categoryProblem, type GivenCategory, textProblem } from './definition-rules.js';

/** A new error, as people define it. */
export interface ErrorDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly category: GivenCategory;
  readonly jobTypeName: string | null;
  readonly shouldBeRetried: boolean;
}

/** What can be edited of an error. */
export interface ErrorChanges {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly category?: GivenCategory;
  readonly shouldBeRetried?: boolean;
}

/** An error that a job type declares. */
export interface JobErrorModel {
  /** At most 50 characters, unique in the job type. */
  readonly name: string;
  /** At most 50 characters. */
  readonly title?: string | null;
  /** At most 250 characters. */
  readonly description?: string | null;
  /** @default 'ALGORITHM' */
  readonly category?: GivenCategory;
  /** @default false */
  readonly shouldBeRetried?: boolean;
}

/** Says what is wrong with the models, each problem with the pointer of its field, below the steps given. */
export function modelProblems(models: readonly JobErrorModel[], steps: readonly string[] = []): FieldError[] {
  const firstOfName = new Map<string, number>();
  return models.flatMap((model, index) => {
    const first = firstOfName.get(model.name);
    if (first === undefined) firstOfName.set(model.name, index);
    const twice = `“${model.name}” stands at index ${first} already. A job type has one error of a name: leave one out.`;
    const findings = modelFieldProblems(model);
    const named = first === undefined || findings.some(([field]) => field === 'name') ? [] : [['name', twice] as const];
    return [...named, ...findings].map(([field, detail]) => ({ pointer: pointerTo(...steps, index, field), detail }));
  });
}

/** Says what is wrong with a model, field by field. */
export function modelFieldProblems(model: JobErrorModel): (readonly [field: string, detail: string])[] {
  const findings: readonly (readonly [field: string, problem: string | null])[] = [
    ['name', textProblem('name', model.name)],
    ['title', model.title == null ? null : textProblem('title', model.title)],
    ['description', model.description == null ? null : textProblem('description', model.description)],
    ['category', model.category === undefined ? null : categoryProblem(model.category)],
    ['should_be_retried', model.shouldBeRetried === undefined ? null : booleanProblem(model.shouldBeRetried)],
  ];
  return findings.flatMap(([field, detail]) => (detail === null ? [] : [[field, detail] as const]));
}

/** A definition as JavaScript may give it: without what has a default. */
type GivenDefinition = Omit<ErrorDefinition, 'jobTypeName' | 'shouldBeRetried'> &
  Partial<Pick<ErrorDefinition, 'jobTypeName' | 'shouldBeRetried'>>;

/** A definition with what it leaves out. */
export function wholeDefinition(definition: GivenDefinition): ErrorDefinition {
  const { name, title, description, category, jobTypeName = null, shouldBeRetried = false } = definition;
  return { name, title, description, category, jobTypeName, shouldBeRetried };
}

/** Says what is wrong with a definition, each problem with the pointer of its field. */
export function definitionProblems(definition: ErrorDefinition): FieldError[] {
  const { name, title, description, category, jobTypeName, shouldBeRetried } = definition;
  return problemsOf([
    ['name', textProblem('name', name)],
    ['title', textProblem('title', title)],
    ['description', textProblem('description', description)],
    ['category', categoryProblem(category)],
    ['job_type_name', jobTypeName === null ? null : textProblem('jobTypeName', jobTypeName)],
    ['should_be_retried', booleanProblem(shouldBeRetried)],
  ]);
}

/** The changes that are given: undefined changes nothing. */
export function givenChanges(changes: ErrorChanges): ErrorChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** Says what is wrong with changes that are given, each problem with the pointer of its field. */
export function changeProblems(changes: ErrorChanges): FieldError[] {
  return problemsOf(Object.entries(changes).map(([field, value]) => changeFinding(field, value)));
}

function changeFinding(field: string, value: unknown): readonly [field: string, problem: string | null] {
  switch (field) {
    case 'title':
    case 'description':
      return [field, value === null ? null : textProblem(field, value)];
    case 'category':
      return [field, categoryProblem(value)];
    case 'shouldBeRetried':
      return ['should_be_retried', booleanProblem(value)];
    default:
      return [field, 'This cannot be edited. Only title, description, category and shouldBeRetried can: leave it out.'];
  }
}

function problemsOf(findings: readonly (readonly [field: string, problem: string | null])[]): FieldError[] {
  return findings.flatMap(([field, detail]) => (detail === null ? [] : [{ pointer: pointerTo(field), detail }]));
}

/** A model with what it leaves out. */
export function wholeModel(model: JobErrorModel): Required<JobErrorModel> {
  const { name, title = null, description = null, category = 'ALGORITHM', shouldBeRetried = false } = model;
  return { name, title, description, category, shouldBeRetried };
}

/** Whether two models are stored alike. */
export function isSameModel(one: JobErrorModel, other: JobErrorModel): boolean {
  return JSON.stringify(wholeModel(one)) === JSON.stringify(wholeModel(other));
}
