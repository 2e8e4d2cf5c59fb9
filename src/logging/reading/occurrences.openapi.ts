import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { BadRequest, NotFound } from '../../exceptions/client-errors.js';
import { ApiErrorResponse } from '../../openapi/api-error-response.js';
import { accessRefusals } from '../../rest/refusals.openapi.js';
import { DocumentPeriod } from './logs.openapi.js';

const NO_TIME = '“yesterday” is no ISO 8601 timestamp. Write it like 2026-03-01T09:30:00Z, or as a duration like PT1H.';
const LINK =
  '</v6/logs/?error=27>; rel="related"; title="log", ' +
  '</v6/errors/27/occurrences/>; rel="related"; title="occurrences"';

/** `GET /errors/{id}/occurrences/` */
export const DocumentOccurrences = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Count how often an error happened',
      description: 'By what the log says, hour by hour; hours without an entry are left out.',
    }),
    ApiParam({
      name: 'id',
      description: 'The id of the error.',
      schema: { type: 'integer', minimum: 1 },
      examples: { one: { value: 27 } },
    }),
    DocumentPeriod('Without it, the last 24 hours are counted. Logged'),
    ApiResponse({
      status: 200,
      description: 'The counts.',
      headers: {
        Link: { description: 'Where the entries are.', schema: { type: 'string', example: LINK } },
      },
      schema: {
        type: 'object',
        required: ['count', 'first_seen', 'last_seen', 'per_hour'],
        properties: {
          count: { type: 'integer' },
          first_seen: { type: 'string', format: 'date-time', nullable: true },
          last_seen: { type: 'string', format: 'date-time', nullable: true },
          per_hour: {
            type: 'array',
            items: {
              type: 'object',
              required: ['hour', 'count'],
              properties: {
                hour: { type: 'string', format: 'date-time', description: 'Where the hour begins, in UTC.' },
                count: { type: 'integer' },
              },
            },
          },
        },
      },
      example: {
        count: 3,
        first_seen: '2026-03-01T09:30:00.000Z',
        last_seen: '2026-03-01T11:05:17.250Z',
        per_hour: [
          { hour: '2026-03-01T09:00:00.000Z', count: 2 },
          { hour: '2026-03-01T11:00:00.000Z', count: 1 },
        ],
      },
    }),
    ApiErrorResponse(BadRequest, {
      description: 'A parameter cannot be understood.',
      detail: NO_TIME,
      errors: [{ parameter: 'started', detail: NO_TIME }],
    }),
    ApiErrorResponse(NotFound, {
      description: 'There is no such error.',
      detail: 'The catalogue has no error with id 99.',
    }),
    ...accessRefusals,
  );
