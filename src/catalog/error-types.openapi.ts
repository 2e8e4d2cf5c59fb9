import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiParam, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { NotFound } from '../exceptions/client-errors.js';
import { ApiErrorResponse } from '../openapi/api-error-response.js';
import { ErrorDetailsView } from './error-views.js';

const example = {
  id: 6,
  name: 'deleted-file',
  title: 'Deleted File',
  description: 'A file that the job needs as its input was deleted before the job could read it.',
  job_type_name: null,
  category: 'SYSTEM',
  is_builtin: true,
  should_be_retried: false,
  created: '2026-03-01T09:30:00.000Z',
  last_modified: '2026-03-01T09:30:00.000Z',
};

const name = ApiParam({
  name: 'name',
  description: 'The identifying name of the error.',
  schema: { type: 'string' },
  examples: { one: { value: 'deleted-file' } },
});

const explanation = [
  ApiExtraModels(ErrorDetailsView),
  ApiResponse({
    status: 200,
    description: 'What the catalogue knows: a page for people, the error for programs.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ErrorDetailsView) }, example },
      'text/html': { schema: { type: 'string' }, example: '<!doctype html>…' },
    },
  }),
  ApiErrorResponse(NotFound, {
    description: 'There is no such error.',
    detail: 'The catalogue has no error “deleted-fil” of no job type.',
  }),
];

/** `GET /errors/types/{name}` */
export const DocumentErrorType = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Explain an error', description: 'What the `type` of a problem leads to.' }),
    name,
    ...explanation,
  );

/** `GET /errors/types/{job_type_name}/{name}` */
export const DocumentJobErrorType = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Explain an error of a job type', description: 'What the `type` of a problem leads to.' }),
    ApiParam({
      name: 'jobTypeName',
      description: 'The name of the job type.',
      schema: { type: 'string' },
      examples: { one: { value: 'landsat-parse' } },
    }),
    name,
    ...explanation,
  );
