import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv();
addFormats.default(ajv);

export const isUriReference = ajv.compile<string>({ type: 'string', format: 'uri-reference' });

/** RFC 9457, appendix A. */
const isProblem = ajv.compile({
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 100, maximum: 599 },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
  },
  required: ['type', 'title', 'status', 'detail', 'instance'],
});

/** @throws Error for what is no problem. */
export function assertProblem(value: unknown): asserts value is Record<string, unknown> {
  if (!isProblem(value)) throw new Error(`This is no problem: ${ajv.errorsText(isProblem.errors)}`);
}
