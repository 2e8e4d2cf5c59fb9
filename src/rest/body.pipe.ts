import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { type FieldError, pointerTo } from '../exceptions/field-error.js';
import { BadRequest } from '../exceptions/client-errors.js';
import { tooDeepMembers } from './json-members.js';

/** Validates a JSON body against its DTO and names each field that is wrong. */
@Injectable()
export class BodyPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true, validationError: { target: true } });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new BadRequest('The body is no JSON object. Send one, with Content-Type: application/json.');
    }
    // class-transformer passes such fields over, so that nobody would hear of them.
    const inherited = Object.keys(value).filter((field) => field in Object.prototype);
    if (inherited.length > 0) {
      throw refusal(inherited.map((field) => ({ pointer: pointerTo(field), detail: unknownField(metadata.metatype) })));
    }
    const deep = tooDeepMembers(value);
    if (deep.length > 0) throw refusal(deep);
    return super.transform(value, metadata);
  }

  override createExceptionFactory() {
    return (failures: ValidationError[] = []): BadRequest => refusal(failures.flatMap(toProblems));
  }
}

function refusal(problems: FieldError[]): BadRequest {
  const fields = problems.length === 1 ? 'One field' : `${problems.length} fields`;
  return new BadRequest(`${fields} of the body cannot be used; nothing was stored.`, { errors: problems });
}

function toProblems({ property, target, constraints = {} }: ValidationError): FieldError[] {
  const pointer = pointerTo(property);
  return Object.entries(constraints).map(([rule, detail]) =>
    rule === 'whitelistValidation' ? { pointer, detail: unknownField(target?.constructor) } : { pointer, detail },
  );
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what class-validator takes
function unknownField(dto: Function = Object): string {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const refused = new Set(rules.filter((rule) => rule.name === 'isRefused').map((rule) => rule.propertyName));
  const fields = new Set(rules.map((rule) => rule.propertyName).filter((name) => !refused.has(name)));
  return `There is no such field. The fields are ${[...fields].join(', ')}.`;
}
