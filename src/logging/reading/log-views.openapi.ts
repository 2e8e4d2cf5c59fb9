import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { LOG_LIMITS } from '../records/log-limits.js';
import { LogEntryView } from './log-views.js';

/** An entry as the documents show it. */
export const logEntryExample = {
  id: 4711,
  created: '2026-03-01T09:30:00.000Z',
  level: 'error',
  host: 'node-7.example',
  message: 'The image cannot be read: it has no georeference.',
  stacktrace: 'BadInput: The image cannot be read: it has no georeference.\n    at read (image.js:17:11)',
  error_id: 27,
  request_id: '1d8b1f5e-9a3b-4c56-8a0e-5d3f7b2c9e10',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  context: { job: 12 },
};

/** Documents the view from outside, so that who only keeps a log can do without @nestjs/swagger. */
export function documentLogViews(): void {
  const { context, ...texts } = logEntryExample;
  const nullable = (maxLength?: number): ApiPropertyOptions => ({
    type: String,
    nullable: true,
    ...(maxLength === undefined ? {} : { maxLength }),
  });
  const properties: Record<keyof LogEntryView, ApiPropertyOptions> = {
    id: { type: 'integer', example: texts.id },
    created: { type: String, format: 'date-time', nullable: true, description: 'When it was logged.' },
    level: { type: String, maxLength: LOG_LIMITS.level, description: 'How severe it is, by name.' },
    host: { type: String, maxLength: LOG_LIMITS.host, description: 'The machine that wrote it.' },
    message: { type: String },
    stacktrace: nullable(),
    error_id: { type: 'integer', nullable: true, description: 'The catalogued error that was answered.' },
    request_id: nullable(LOG_LIMITS.requestId),
    trace_id: nullable(LOG_LIMITS.traceId),
    context: {
      type: 'object',
      additionalProperties: true,
      nullable: true,
      description: 'What else was said; other programs may have written any JSON.',
      example: context,
    },
  };
  for (const [property, options] of Object.entries(properties)) {
    const example = texts[property as keyof typeof texts];
    ApiProperty({ ...options, ...(property === 'context' ? {} : { example }) })(LogEntryView.prototype, property);
  }
}
