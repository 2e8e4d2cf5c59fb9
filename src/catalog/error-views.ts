import { ApiProperty } from '@nestjs/swagger';
import { Expose, instanceToPlain } from 'class-transformer';
import { ERROR_FIELDS, type ErrorField } from './error-filters.js';
import { ERROR_CATEGORIES, ERROR_LIMITS, type ErrorCategory, type ErrorEntity } from './error.entity.js';

/** An error on the wire, as far as it identifies and explains itself. The fields stand in the order of the contract. */
export class ErrorBaseView {
  @ApiProperty({ type: 'integer', minimum: 1, example: 27 })
  @Expose()
  id!: number;

  @ApiProperty({
    description: 'The identifying name.',
    type: String,
    maxLength: ERROR_LIMITS.name,
    example: 'bad-input',
  })
  @Expose()
  name!: string;

  @ApiProperty({ type: String, nullable: true, maxLength: ERROR_LIMITS.title, example: 'Bad Input' })
  @Expose()
  title!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: ERROR_LIMITS.description,
    example: 'The input image has no georeference, so that nothing can be located in it.',
  })
  @Expose()
  description!: string | null;

  @ApiProperty({
    name: 'job_type_name',
    description: 'The job type that the error belongs to, if it belongs to one.',
    type: String,
    nullable: true,
    maxLength: ERROR_LIMITS.jobTypeName,
    example: 'landsat-parse',
  })
  @Expose({ name: 'job_type_name' })
  jobTypeName!: string | null;

  @ApiProperty({
    description: 'Whose fault it is.',
    enum: ERROR_CATEGORIES,
    enumName: 'ErrorCategory',
    example: 'DATA',
  })
  @Expose()
  category!: ErrorCategory;

  @ApiProperty({ name: 'is_builtin', description: 'Whether it comes with the service.', type: Boolean, example: false })
  @Expose({ name: 'is_builtin' })
  isBuiltin!: boolean;

  @ApiProperty({
    name: 'should_be_retried',
    description: 'Whether a job that failed with this error should be tried again.',
    type: Boolean,
    example: false,
  })
  @Expose({ name: 'should_be_retried' })
  shouldBeRetried!: boolean;
}

/** An error in a list. */
export class ErrorView extends ErrorBaseView {
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  @Expose()
  created!: Date;

  @ApiProperty({ name: 'last_modified', type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  @Expose({ name: 'last_modified' })
  lastModified!: Date;
}

/** One error by itself. */
export class ErrorDetailsView extends ErrorView {}

/** An error as it goes over the wire. */
export type WireError = Readonly<Record<string, unknown>>;

/**
 * Makes a function that shows errors in a view.
 *
 * Which property goes by which name is asked of class-transformer once, with a view whose every property holds its own
 * name: transforming each row of a list through it would cost more than everything else the list needs.
 */
export function showIn(view: new () => ErrorBaseView): (error: ErrorEntity) => WireError {
  const probe = Object.assign(new view(), Object.fromEntries(ERROR_FIELDS.map((field) => [field, field])));
  const exposed = Object.entries(instanceToPlain(probe, { strategy: 'excludeAll' })) as [string, ErrorField][];
  const fields = exposed.sort(([, a], [, b]) => ERROR_FIELDS.indexOf(a) - ERROR_FIELDS.indexOf(b));
  return (error) => {
    const wire: Record<string, unknown> = {};
    for (const [name, field] of fields) wire[name] = error[field];
    return wire;
  };
}
