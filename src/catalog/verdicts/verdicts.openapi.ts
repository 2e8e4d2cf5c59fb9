import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiParam, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { BadRequest, NotFound } from '../../exceptions/client-errors.js';
import { ApiErrorResponse } from '../../openapi/api-error-response.js';
import { adminRefusals } from '../../rest/refusals.openapi.js';
import { ErrorDetailsView } from '../error-views.js';
import { ERROR_LIMITS } from '../error.entity.js';
import { RetryPolicyDto, showRetryPolicy } from './dto/retry-policy.dto.js';

const NO_NUMBER = '0 is out of bounds. Give an integer from 1 to 1000.';

const ofError = [
  ApiParam({
    name: 'id',
    description: 'The id of the error.',
    schema: { type: 'integer', minimum: 1 },
    examples: { one: { value: 27 } },
  }),
  ApiErrorResponse(NotFound, {
    description: 'There is no such error.',
    detail: 'The catalogue has no error with id 99.',
  }),
];

const defaultPolicy = showRetryPolicy(null);
const { default: _, ...ownPolicy } = defaultPolicy;

/** `GET /errors/{id}/retry-policy/` */
export const DocumentPolicy = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(RetryPolicyDto),
    ApiOperation({ summary: 'Read how an error is tried again' }),
    ...ofError,
    ApiResponse({
      status: 200,
      description: 'The policy of the error, or the default, which says so.',
      schema: {
        allOf: [{ $ref: getSchemaPath(RetryPolicyDto) }],
        properties: { default: { type: 'boolean', enum: [true], description: 'The error has no policy of its own.' } },
      },
      example: defaultPolicy,
    }),
  );

/** `PUT /errors/{id}/retry-policy/` */
export const DocumentSetPolicy = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Set how an error is tried again' }),
    ...ofError,
    ApiResponse({ status: 200, description: 'The policy as it is stored.', type: RetryPolicyDto, example: ownPolicy }),
    ApiErrorResponse(BadRequest, {
      description: 'The body is no JSON, or fields of it cannot be used; each is named.',
      detail: 'One field of the body cannot be used; nothing was stored.',
      errors: [{ pointer: '#/max_attempts', detail: NO_NUMBER }],
    }),
    ...adminRefusals,
  );

/** `DELETE /errors/{id}/retry-policy/` */
export const DocumentRemovePolicy = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Let an error be tried again by the default' }),
    ...ofError,
    ApiResponse({ status: 204, description: 'The error has no policy of its own.' }),
    ...adminRefusals,
  );

/** `POST /errors/resolve` */
export const DocumentResolve = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ErrorDetailsView),
    ApiOperation({
      summary: 'Judge a failure',
      description:
        'Which error an exit code or an exception was, and whether to try again. Reads only, and needs no token.',
    }),
    ApiBody({
      schema: {
        type: 'object',
        properties: {
          job_type_name: {
            type: 'string',
            nullable: true,
            maxLength: ERROR_LIMITS.jobTypeName,
            description: 'The job type that failed.',
          },
          exit_code: {
            type: 'integer',
            nullable: true,
            minimum: 0,
            maximum: 255,
            description: 'What the process ended with.',
          },
          exception: {
            type: 'object',
            nullable: true,
            description: 'What was thrown.',
            required: ['name'],
            properties: {
              name: { type: 'string', minLength: 1, description: 'The name of its class.' },
              message: { type: 'string', nullable: true },
              code: { type: 'string', nullable: true, description: 'Such as ENOENT, or an SQLSTATE.' },
              causes: {
                type: 'array',
                nullable: true,
                maxItems: 100,
                items: { type: 'string', minLength: 1 },
                description: 'The names of what caused it, the nearest first.',
              },
            },
          },
        },
      },
      examples: {
        exitCode: { value: { job_type_name: 'landsat-parse', exit_code: 1 } },
        exception: { value: { exception: { name: 'Error', code: 'ENOENT', causes: ['QueryFailedError'] } } },
      },
    }),
    ApiResponse({
      status: 200,
      description: 'The verdict.',
      schema: {
        type: 'object',
        required: ['error', 'retry', 'reason'],
        properties: {
          error: {
            oneOf: [{ $ref: getSchemaPath(ErrorDetailsView) }, { type: 'object', nullable: true, enum: [null] }],
            description: 'Null for success: exit code 0.',
          },
          retry: { type: 'boolean', description: 'Whether to try again.' },
          reason: { type: 'string', description: 'Which rule decided.' },
        },
      },
      example: {
        error: {
          id: 3,
          name: 'filesystem-io',
          title: 'Filesystem I/O',
          description: 'A file or directory could not be read or written.',
          job_type_name: null,
          category: 'SYSTEM',
          is_builtin: true,
          should_be_retried: true,
          created: '2026-03-01T09:30:00.000Z',
          last_modified: '2026-03-01T09:30:00.000Z',
        },
        retry: true,
        reason: 'The exception “ENOENT” is registered as “filesystem-io”.',
      },
    }),
    ApiErrorResponse(BadRequest, {
      description: 'Neither an exit code nor an exception is given, or both, or one that is none.',
      detail: 'Neither an exit code nor an exception is given, so there is nothing to judge. Give one of them.',
    }),
  );
