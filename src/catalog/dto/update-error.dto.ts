import { ApiHideProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { GIVEN_CATEGORIES, type GivenCategory } from '../definition-rules.js';
import type { ErrorChanges } from '../error-definition.js';
import { ERROR_LIMITS } from '../error.entity.js';
import { IsCatalogText, IsGivenCategory, IsLeftOutOr, IsNullOr, IsRefused, IsYesOrNo } from './validators.js';

const IDENTITY = 'This identifies the error and cannot be edited. Leave it out, or POST another error.';
const RECORD = 'This is kept by the service and cannot be edited. Leave it out.';

/** The body of `PATCH /errors/{id}/`: the fields to change. */
export class UpdateErrorDto {
  @ApiPropertyOptional({
    description: 'The name that people read; null clears it.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: ERROR_LIMITS.title,
    example: 'Bad Input',
  })
  @IsNullOr()
  @IsCatalogText('title')
  title?: string | null;

  @ApiPropertyOptional({
    description: 'What happened and what it means; null clears it.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: ERROR_LIMITS.description,
    example: 'The input image has no georeference. Ask its provider for one that has.',
  })
  @IsNullOr()
  @IsCatalogText('description')
  description?: string | null;

  @ApiPropertyOptional({
    description: 'Whose fault the error is. No error can be moved to SYSTEM or away from it.',
    enum: GIVEN_CATEGORIES,
    enumName: 'GivenCategory',
    example: 'DATA',
  })
  @IsLeftOutOr()
  @IsGivenCategory()
  category?: GivenCategory;

  @ApiPropertyOptional({
    description: 'Whether a job that failed with this error should be tried again. Can be changed on every error.',
    type: Boolean,
    example: true,
  })
  @IsLeftOutOr()
  @IsYesOrNo()
  should_be_retried?: boolean;

  @ApiHideProperty()
  @IsRefused(IDENTITY)
  id?: never;

  @ApiHideProperty()
  @IsRefused(IDENTITY)
  name?: never;

  @ApiHideProperty()
  @IsRefused(IDENTITY)
  job_type_name?: never;

  @ApiHideProperty()
  @IsRefused(RECORD)
  is_builtin?: never;

  @ApiHideProperty()
  @IsRefused(RECORD)
  created?: never;

  @ApiHideProperty()
  @IsRefused(RECORD)
  last_modified?: never;
}

/** The changes in the form that {@link ErrorsService.editError} takes: the fields that were given. */
export function changesIn(body: UpdateErrorDto): ErrorChanges {
  return {
    ...(body.title === undefined ? {} : { title: body.title }),
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.category === undefined ? {} : { category: body.category }),
    ...(body.should_be_retried === undefined ? {} : { shouldBeRetried: body.should_be_retried }),
  };
}
