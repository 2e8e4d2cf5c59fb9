import { ApiHideProperty, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { GIVEN_CATEGORIES, type GivenCategory } from '../definition-rules.js';
import type { ErrorDefinition } from '../error-definition.js';
import { ERROR_LIMITS } from '../error.entity.js';
import { IsCatalogText, IsGivenCategory, IsLeftOutOr, IsNullOr, IsRefused, IsYesOrNo } from './validators.js';

/** The body of `POST /errors/`. */
export class CreateErrorDto {
  @ApiProperty({
    description: 'The identifying name, unique in its job type.',
    type: String,
    minLength: 1,
    maxLength: ERROR_LIMITS.name,
    example: 'bad-input',
  })
  @IsCatalogText('name')
  name!: string;

  @ApiProperty({
    description: 'The name that people read.',
    type: String,
    minLength: 1,
    maxLength: ERROR_LIMITS.title,
    example: 'Bad Input',
  })
  @IsCatalogText('title')
  title!: string;

  @ApiProperty({
    description: 'What happened and what it means, in a sentence or two.',
    type: String,
    minLength: 1,
    maxLength: ERROR_LIMITS.description,
    example: 'The input image has no georeference, so that nothing can be located in it.',
  })
  @IsCatalogText('description')
  description!: string;

  @ApiProperty({
    description: 'Whose fault the error is. SYSTEM cannot be given: its errors come with the service.',
    enum: GIVEN_CATEGORIES,
    enumName: 'GivenCategory',
    example: 'DATA',
  })
  @IsGivenCategory()
  category!: GivenCategory;

  @ApiPropertyOptional({
    description: 'The job type that the error belongs to; left out or null for none.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: ERROR_LIMITS.jobTypeName,
    example: 'landsat-parse',
  })
  @IsNullOr()
  @IsCatalogText('jobTypeName')
  job_type_name?: string | null;

  @ApiPropertyOptional({
    description: 'Whether a job that failed with this error should be tried again.',
    type: Boolean,
    default: false,
    example: false,
  })
  @IsLeftOutOr()
  @IsYesOrNo()
  should_be_retried?: boolean;

  @ApiHideProperty()
  @IsRefused('Built-in errors come with the service and cannot be added. Leave this field out.')
  is_builtin?: never;
}

/** The definition in the form that {@link ErrorsService.createError} takes. */
export function definitionIn(body: CreateErrorDto): ErrorDefinition {
  return {
    name: body.name,
    title: body.title,
    description: body.description,
    category: body.category,
    jobTypeName: body.job_type_name ?? null,
    shouldBeRetried: body.should_be_retried ?? false,
  };
}
