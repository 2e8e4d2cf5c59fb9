/** An error on the wire, as the contract names its fields. */
export interface WireError {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly job_type_name: string | null;
  readonly category: string;
  readonly is_builtin: boolean;
  readonly should_be_retried: boolean;
  readonly created: string;
  readonly last_modified: string;
}

export interface WirePage {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly WireError[];
}

export interface WireRefusal {
  readonly detail: string;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
}

/** The body of an answer, as what the contract says it is. */
export async function bodyOf<Body>(response: Response | Promise<Response>): Promise<Body> {
  return (await (await response).json()) as Body;
}

/** A definition that can be POSTed. */
export function definition(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: `error-${Math.random().toString(36).slice(2)}`,
    title: 'Bad Input',
    description: 'The input image has no georeference.',
    category: 'DATA',
    ...fields,
  };
}
