import { IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { booleanProblem, categoryProblem, textProblem } from '../definition-rules.js';
import type { ERROR_LIMITS } from '../error.entity.js';

/** The field is a text that the catalogue can store. */
export function IsCatalogText(field: keyof typeof ERROR_LIMITS): PropertyDecorator {
  return HasNoProblem('isCatalogText', (value) => textProblem(field, value));
}

/** The field is a category that errors can be given. */
export function IsGivenCategory(): PropertyDecorator {
  return HasNoProblem('isGivenCategory', categoryProblem);
}

/** The field is true or false. */
export function IsYesOrNo(): PropertyDecorator {
  return HasNoProblem('isYesOrNo', booleanProblem);
}

/** The field has to be left out; the reason says why. */
export function IsRefused(reason: string): PropertyDecorator {
  const refuse = HasNoProblem('isRefused', () => reason);
  const whenGiven = IsLeftOutOr();
  return (target, property) => {
    whenGiven(target, property);
    refuse(target, property);
  };
}

/** Other rules of the field hold only when it is given; null counts as given. */
export function IsLeftOutOr(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Other rules of the field hold only when it is given and not null. */
export function IsNullOr(): PropertyDecorator {
  return IsOptional();
}

/** The field is one of which a rule says no problem. */
export function HasNoProblem(name: string, problem: (value: unknown) => string | null): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value) => problem(value) === null,
      defaultMessage: (context) => problem(context?.value) ?? '',
    },
  });
}
