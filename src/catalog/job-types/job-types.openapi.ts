import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { BadRequest } from '../../exceptions/client-errors.js';
import { ApiErrorResponse } from '../../openapi/api-error-response.js';
import { adminRefusals } from '../../rest/refusals.openapi.js';
import { ErrorDetailsView } from '../error-views.js';
import { ERROR_CATEGORIES, ERROR_LIMITS } from '../error.entity.js';

/** An error as an error interface defines it. */
class JobErrorDefinition {
  @ApiProperty({
    description: 'The identifying name.',
    type: String,
    minLength: 1,
    maxLength: ERROR_LIMITS.name,
    example: 'bad-input',
  })
  name!: string;

  @ApiProperty({ type: String, nullable: true, required: false, maxLength: ERROR_LIMITS.title, example: 'Bad Input' })
  title?: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    maxLength: ERROR_LIMITS.description,
    example: 'The input image has no georeference.',
  })
  description?: string | null;

  @ApiProperty({
    description: 'Whose fault the error is; SYSTEM cannot be given.',
    enum: ERROR_CATEGORIES,
    enumName: 'ErrorCategory',
    required: false,
    default: 'ALGORITHM',
    example: 'DATA',
  })
  category?: string;

  @ApiProperty({
    description: 'Whether a job that failed with this error should be tried again.',
    type: Boolean,
    required: false,
    default: false,
    example: false,
  })
  should_be_retried?: boolean;
}

const example = {
  version: '1.0',
  exit_codes: {
    '1': {
      name: 'bad-input',
      title: 'Bad Input',
      description: 'The input image has no georeference.',
      category: 'DATA',
      should_be_retried: false,
    },
    '2': 'missing-file',
  },
};

const document = {
  type: 'object',
  properties: {
    version: { type: 'string', enum: ['1.0'], default: '1.0' },
    exit_codes: {
      type: 'object',
      description:
        'By exit code, from 1 to 255: the error that it reports, or the name of one that the job type has or that is built in.',
      additionalProperties: {
        oneOf: [
          { type: 'string', minLength: 1, maxLength: ERROR_LIMITS.name },
          { $ref: getSchemaPath(JobErrorDefinition) },
        ],
      },
    },
  },
};

const jobType = ApiParam({
  name: 'jobTypeName',
  description: 'The name of the job type.',
  schema: { type: 'string', minLength: 1, maxLength: ERROR_LIMITS.jobTypeName },
  examples: { one: { value: 'landsat-parse' } },
});

const stored = [
  ApiExtraModels(JobErrorDefinition),
  jobType,
  ApiResponse({
    status: 200,
    description:
      'What is stored: an error of the job type is defined at the first exit code that reports it and named at the others, a built-in one is named.',
    schema: { ...document, required: ['version', 'exit_codes'] },
    example,
  }),
];

/** `GET /job-types/{job_type_name}/errors/` */
export const DocumentReadInterface = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Read the error interface of a job type',
      description: 'A job type of which nothing is stored has an empty one.',
    }),
    ...stored,
    ApiErrorResponse(BadRequest, {
      description: 'No job type can be called that.',
      detail: 'The job type’s name cannot be used. This is empty. Give a text of 1 to 250 characters.',
    }),
  );

/** `PUT /job-types/{job_type_name}/errors/` */
export const DocumentSaveInterface = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Save the error interface of a job type',
      description:
        'Saves the errors that are defined, and the exit codes in place of those that were stored: all or nothing. Errors of the job type that are not mentioned stay.',
    }),
    ...stored,
    ApiBody({ schema: document, examples: { one: { value: example } } }),
    ApiErrorResponse(BadRequest, {
      description: 'The body is no JSON, or something in it cannot be used; each is named.',
      detail: 'The error interface cannot be used; nothing was stored.',
      errors: [
        {
          pointer: '#/exit_codes/2',
          detail:
            '“missing-fil” is neither an error of job type “landsat-parse” nor a built-in one. Define it here, or name one that there is.',
        },
      ],
    }),
    ...adminRefusals,
  );

/** `GET /job-types/{job_type_name}/exit-codes/{code}/` */
export const DocumentExitCode = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Read what an exit code means',
      description:
        'The error that the job type maps the code to, else the one that is registered for the code, else “algorithm-unknown”.',
    }),
    jobType,
    ApiParam({
      name: 'code',
      description: 'The exit code.',
      schema: { type: 'integer', minimum: 0, maximum: 255 },
      examples: { one: { value: 1 } },
    }),
    ApiResponse({
      status: 200,
      description: 'The error.',
      type: ErrorDetailsView,
      headers: { ETag: { description: 'The version of the error.', schema: { type: 'string', example: '"1"' } } },
      example: {
        id: 27,
        ...example.exit_codes['1'],
        job_type_name: 'landsat-parse',
        is_builtin: false,
        created: '2026-03-01T09:30:00.000Z',
        last_modified: '2026-03-01T09:30:00.000Z',
      },
    }),
    ApiResponse({ status: 204, description: 'The code is 0: success.' }),
    ApiErrorResponse(BadRequest, {
      description: 'No process can end with that, or no job type can be called so.',
      detail: '“256”: This is no exit code. Give an integer from 0 to 255.',
      errors: [{ parameter: 'code', detail: '“256”: This is no exit code. Give an integer from 0 to 255.' }],
    }),
  );
