import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { BadRequest, Conflict, NotFound, PreconditionFailed } from '../exceptions/client-errors.js';
import { ApiErrorResponse } from '../openapi/api-error-response.js';
import { documentErrorViews } from './error-views.openapi.js';
import { ErrorDetailsView, ErrorView } from './error-views.js';
import { adminRefusals } from '../rest/refusals.openapi.js';

documentErrorViews();

const TAG = '"1"';
const TIME = '2026-03-01T09:30:00Z';
const NO_SIZE = '“0” is no positive integer. Give how many errors a page shall hold, from 1 to 1000.';
const PAGE = 'http://127.0.0.1:3000/v6/errors/?page_size=1&page=2';

const wireExample = {
  id: 27,
  name: 'bad-input',
  title: 'Bad Input',
  description: 'The input image has no georeference, so that nothing can be located in it.',
  job_type_name: 'landsat-parse',
  category: 'DATA',
  is_builtin: false,
  should_be_retried: false,
  created: '2026-03-01T09:30:00.000Z',
  last_modified: '2026-03-01T09:30:00.000Z',
};

const etag = { ETag: { description: 'The version of the error.', schema: { type: 'string' as const, example: TAG } } };

const id = ApiParam({
  name: 'id',
  description: 'The id of the error.',
  schema: { type: 'integer', minimum: 1 },
  examples: { one: { value: 27 } },
});
const noSuchError = ApiErrorResponse(NotFound, {
  description: 'There is no such error.',
  detail: 'The catalogue has no error with id 99.',
});

/** One field of the body that cannot be used. */
const fieldRefused = (pointer: string, detail: string): MethodDecorator =>
  ApiErrorResponse(BadRequest, {
    description: 'The body is no JSON, or fields of it cannot be used; each is named.',
    detail: 'One field of the body cannot be used; nothing was stored.',
    errors: [{ pointer, detail }],
  });

/** `GET /errors/` */
export const DocumentList = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ErrorView),
    ApiOperation({ summary: 'List errors', description: 'A page of the errors that match all the filters given.' }),
    ApiQuery({
      name: 'page',
      required: false,
      description: 'The page, from 1; “last” is the last one.',
      schema: {
        oneOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', enum: ['last'] },
        ],
        default: 1,
      },
      examples: { one: { value: 1 } },
    }),
    ApiQuery({
      name: 'page_size',
      required: false,
      description: 'How many errors a page holds; larger numbers mean 1000.',
      schema: { type: 'integer', minimum: 1, default: 100 },
      examples: { one: { value: 100 } },
    }),
    ...(['started', 'ended'] as const).map((name) =>
      ApiQuery({
        name,
        required: false,
        description: `Modified ${name === 'started' ? 'at this time or later' : 'at this time or earlier, which is not before “started”'}: an ISO 8601 timestamp with a zone, or an ISO 8601 duration counted back from now.`,
        schema: { type: 'string' },
        examples: { timestamp: { value: TIME }, duration: { value: name === 'started' ? 'P7D' : 'PT1H' } },
      }),
    ),
    ApiQuery({
      name: 'is_builtin',
      required: false,
      description: 'Only errors that come with the service, or only others. In any case of letters.',
      schema: { type: 'string', enum: ['true', 't', '1', 'false', 'f', '0'] },
      examples: { one: { value: 'false' } },
    }),
    ...(
      [
        ['job_type_name', 'Only errors of this job type.', 'landsat-parse'],
        ['name', 'Only errors of this name.', 'bad-input'],
      ] as const
    ).map(([name, description, example]) =>
      ApiQuery({
        name,
        required: false,
        description,
        schema: { type: 'string' },
        examples: { one: { value: example } },
      }),
    ),
    ApiQuery({
      name: 'category',
      required: false,
      description: 'Only errors of this category: SYSTEM, ALGORITHM or DATA. Any other matches nothing.',
      schema: { type: 'string' },
      examples: { one: { value: 'DATA' } },
    }),
    ApiQuery({
      name: 'order',
      required: false,
      description:
        'A field to order by, “-” before it for descending; repeatable. Ties are broken by id, null is the smallest value.',
      schema: { type: 'array', items: { type: 'string' }, default: ['last_modified'] },
      explode: true,
      examples: { one: { value: ['-last_modified', 'name'] } },
    }),
    ApiResponse({
      status: 200,
      description: 'The page.',
      schema: {
        type: 'object',
        required: ['count', 'next', 'previous', 'results'],
        properties: {
          count: { type: 'integer', description: 'How many errors match, on all pages together.' },
          next: { type: 'string', format: 'uri', nullable: true, description: 'The address of the next page.' },
          previous: { type: 'string', format: 'uri', nullable: true, description: 'The address of the previous page.' },
          results: { type: 'array', items: { $ref: getSchemaPath(ErrorView) } },
        },
      },
      example: { count: 26, next: PAGE, previous: null, results: [wireExample] },
    }),
    ApiErrorResponse(BadRequest, {
      description: 'A parameter cannot be understood.',
      detail: NO_SIZE,
      errors: [{ parameter: 'page_size', detail: NO_SIZE }],
    }),
    ApiErrorResponse(NotFound, {
      description: 'The list has no such page.',
      detail: 'There is no page 9. The last one is 3.',
    }),
  );

/** `GET /errors/{id}/` */
export const DocumentDetails = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Read an error' }),
    id,
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag of what you have.',
      examples: { one: { value: TAG } },
    }),
    ApiResponse({
      status: 200,
      description: 'The error.',
      type: ErrorDetailsView,
      headers: etag,
      example: wireExample,
    }),
    ApiResponse({ status: 304, description: 'You have this version already.', headers: etag }),
    noSuchError,
  );

/** `POST /errors/` */
export const DocumentCreate = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Add an error' }),
    ApiResponse({
      status: 201,
      description: 'The error as it is stored.',
      type: ErrorDetailsView,
      headers: {
        ...etag,
        Location: {
          description: 'The absolute address of the error.',
          schema: { type: 'string', format: 'uri', example: 'http://127.0.0.1:3000/v6/errors/27/' },
        },
      },
      example: wireExample,
    }),
    fieldRefused('#/category', 'This is missing. Choose one of ALGORITHM, DATA.'),
    ApiErrorResponse(Conflict, {
      description: 'An error of this job type and name exists.',
      detail:
        'The error “bad-input” of job type “landsat-parse” exists already, with id 27. Edit that one with PATCH, or choose another name.',
    }),
    ...adminRefusals,
  );

/** `PATCH /errors/{id}/` */
export const DocumentUpdate = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Edit an error',
      description:
        'Changes the named fields. Of an error of category SYSTEM only should_be_retried can be changed. With If-Match the edit is made only if nobody else made one since.',
    }),
    id,
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag of what you edit.',
      examples: { one: { value: TAG } },
    }),
    ApiResponse({
      status: 200,
      description: 'The error as it is now.',
      type: ErrorDetailsView,
      headers: etag,
      example: wireExample,
    }),
    fieldRefused('#/name', 'This identifies the error and cannot be edited.'),
    noSuchError,
    ApiErrorResponse(PreconditionFailed, {
      description: 'Somebody else edited the error since you read it.',
      detail:
        'Error 27 was edited since you read it: its ETag is now "2". Nothing was changed. Read it again, then repeat your edit.',
    }),
    ...adminRefusals,
  );
