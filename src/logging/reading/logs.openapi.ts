import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { BadRequest } from '../../exceptions/client-errors.js';
import { ApiErrorResponse } from '../../openapi/api-error-response.js';
import { accessRefusals } from '../../rest/refusals.openapi.js';
import { documentLogViews, logEntryExample } from './log-views.openapi.js';
import { LogEntryView } from './log-views.js';

documentLogViews();

const TIME = '2026-03-01T09:30:00Z';
const CURSOR = '81KtK4byWzAsIjIwMjYtMDMtMDFUMDk6MzA6MDAuMDAwWiIsNDcxMV0';
const NO_CURSOR = 'This is no cursor that was given out here. Follow “next” and “previous” as they are, or begin anew.';

const optional = (name: string, description: string, example: unknown, more: object = {}): MethodDecorator =>
  ApiQuery({
    name,
    required: false,
    description,
    schema: { type: 'string' },
    examples: { one: { value: example } },
    ...more,
  });

/** Documents the two ends of a period. */
export const DocumentPeriod = (what: string): MethodDecorator =>
  applyDecorators(
    ...(['started', 'ended'] as const).map((name) =>
      ApiQuery({
        name,
        required: false,
        description: `${what} ${name === 'started' ? 'at this time or later' : 'at this time or earlier, which is not before “started”'}: an ISO 8601 timestamp with a zone, or an ISO 8601 duration counted back from now.`,
        schema: { type: 'string' },
        examples: { timestamp: { value: TIME }, duration: { value: name === 'started' ? 'P7D' : 'PT1H' } },
      }),
    ),
  );

/** `GET /logs/` */
export const DocumentLogList = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(LogEntryView),
    ApiOperation({
      summary: 'List entries of the log',
      description:
        'A page of the entries that match all the filters given, newest first. Pages are found by cursors, so that a late one takes no longer than the first.',
    }),
    optional('cursor', 'Where the page begins. Follow the links instead of making one.', CURSOR),
    optional('page_size', 'How many entries a page holds; larger numbers mean 1000.', 100, {
      schema: { type: 'integer', minimum: 1, default: 100 },
    }),
    DocumentPeriod('Logged'),
    optional('level', 'Only entries of this level; repeatable, up to 20 times.', ['error', 'fatal'], {
      schema: { type: 'array', items: { type: 'string' }, maxItems: 20 },
      explode: true,
    }),
    optional('host', 'Only entries of this machine.', 'node-7.example'),
    optional('error', 'Only entries of the catalogued error with this id.', 27, {
      schema: { type: 'integer', minimum: 0 },
    }),
    optional('request_id', 'Only entries of this request.', logEntryExample.request_id),
    optional('trace_id', 'Only entries of this trace.', logEntryExample.trace_id),
    optional('q', 'Only entries whose message contains this text, in any case of letters.', 'georeference'),
    ApiResponse({
      status: 200,
      description: 'The page.',
      schema: {
        type: 'object',
        required: ['next', 'previous', 'results'],
        properties: {
          next: { type: 'string', format: 'uri', nullable: true, description: 'The address of older entries.' },
          previous: { type: 'string', format: 'uri', nullable: true, description: 'The address of newer entries.' },
          results: { type: 'array', items: { $ref: getSchemaPath(LogEntryView) } },
        },
      },
      example: {
        next: `http://127.0.0.1:3000/v6/logs/?page_size=1&cursor=${CURSOR}`,
        previous: null,
        results: [logEntryExample],
      },
    }),
    ApiErrorResponse(BadRequest, {
      description: 'A parameter cannot be understood.',
      detail: NO_CURSOR,
      errors: [{ parameter: 'cursor', detail: NO_CURSOR }],
    }),
    ...accessRefusals,
  );
