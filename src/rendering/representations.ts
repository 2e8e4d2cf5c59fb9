import { type Representation, provideRepresenter, type ProblemContext } from '../exceptions/representer.js';
import type { HttpError } from '../exceptions/http-error.js';
import { documentOf, problemOf } from './error-document.js';
import { htmlRenderer } from './html-renderer.js';
import { jsonRenderer, problemJsonRenderer } from './json-renderers.js';
import type { Renderer } from './renderer.js';
import { textRenderer } from './text-renderer.js';
import { problemXmlRenderer, xmlRenderer } from './xml-renderers.js';

/** The representations that there are, in the order of preference for a client that is indifferent. */
export const renderers: readonly Renderer[] = [
  problemJsonRenderer,
  jsonRenderer,
  htmlRenderer,
  problemXmlRenderer,
  xmlRenderer,
  textRenderer,
];

/** An error in the representation of a media type, or as text when none of the renderers has it. */
export function represent(
  error: HttpError,
  mimetype: string,
  context?: ProblemContext,
  among: readonly Renderer[] = renderers,
): Representation {
  // What was negotiated stands there as it is; what an error insists on may be written in another way.
  const renderer = rendererOf(mimetype, among) ?? rendererOf(bare(mimetype), among) ?? textRenderer;
  const rendered = renderer.render(documentOf(error, context));
  const contentType = renderer.contentType ?? renderer.mediaType;
  const body = typeof rendered === 'string' ? rendered : rendered.body;
  const headers = typeof rendered === 'string' ? renderer.headers : rendered.headers;
  return headers === undefined ? { body, contentType } : { body, contentType, headers };
}

function rendererOf(wanted: string | undefined, among: readonly Renderer[]): Renderer | undefined {
  return among.find(({ mediaType }) => mediaType === wanted);
}

function bare(mimetype: string): string | undefined {
  return mimetype.split(';', 1)[0]?.trim().toLowerCase();
}

provideRepresenter({ represent, problem: problemOf });
