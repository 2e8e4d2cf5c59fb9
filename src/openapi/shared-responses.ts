import type { OpenAPIObject } from '@nestjs/swagger';
import { type ErrorResponse, freeName } from './error-response.js';

type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

/** The responses that stand once in a document and are referred to. */
export class SharedResponses {
  /** The names of the responses, by what they say. */
  private readonly names = new Map<string, string>();

  /** @param responses the responses of the document's components, to which is added. */
  constructor(private readonly responses: Responses) {
    for (const [name, response] of Object.entries(responses)) this.names.set(JSON.stringify(response), name);
  }

  /** A reference to the response, which is added under this name, or under the next that is free, unless it is there. */
  refer(response: ErrorResponse, wantedName: string): { $ref: string } {
    const text = JSON.stringify(response);
    const name = this.names.get(text) ?? freeName(this.responses, wantedName);
    if (!this.names.has(text)) {
      this.names.set(text, name);
      this.responses[name] = response;
    }
    return { $ref: `#/components/responses/${name}` };
  }
}
