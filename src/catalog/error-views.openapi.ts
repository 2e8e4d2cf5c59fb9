import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ErrorBaseView, ErrorView } from './error-views.js';
import { ERROR_CATEGORIES, ERROR_LIMITS } from './error.entity.js';

/** Documents the views from outside, so that who only shows errors can do without @nestjs/swagger. */
export function documentErrorViews(): void {
  document(ErrorBaseView, {
    id: { type: 'integer', minimum: 1, example: 27 },
    name: {
      description: 'The identifying name.',
      type: String,
      maxLength: ERROR_LIMITS.name,
      example: 'bad-input',
    },
    title: { type: String, nullable: true, maxLength: ERROR_LIMITS.title, example: 'Bad Input' },
    description: {
      type: String,
      nullable: true,
      maxLength: ERROR_LIMITS.description,
      example: 'The input image has no georeference, so that nothing can be located in it.',
    },
    jobTypeName: {
      name: 'job_type_name',
      description: 'The job type that the error belongs to, if it belongs to one.',
      type: String,
      nullable: true,
      maxLength: ERROR_LIMITS.jobTypeName,
      example: 'landsat-parse',
    },
    category: {
      description: 'Whose fault it is.',
      enum: ERROR_CATEGORIES,
      enumName: 'ErrorCategory',
      example: 'DATA',
    },
    isBuiltin: { name: 'is_builtin', description: 'Whether it comes with the service.', type: Boolean, example: false },
    shouldBeRetried: {
      name: 'should_be_retried',
      description: 'Whether a job that failed with this error should be tried again.',
      type: Boolean,
      example: false,
    },
  });

  document(ErrorView, {
    created: { type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' },
    lastModified: { name: 'last_modified', type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' },
  });
}

function document<View extends object>(
  view: new () => View,
  properties: Partial<Record<keyof View, ApiPropertyOptions>>,
): void {
  for (const [property, options] of Object.entries(properties)) {
    ApiProperty(options as ApiPropertyOptions)(view.prototype as object, property);
  }
}
