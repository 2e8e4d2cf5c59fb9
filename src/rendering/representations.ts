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
  return representBy(rendererOf(mimetype, among), error, context);
}

/** An error in the representation that a renderer makes. */
export function representBy(renderer: Renderer, error: HttpError, context?: ProblemContext): Representation {
  const rendered = renderer.render(documentOf(error, context));
  const contentType = renderer.contentType ?? renderer.mediaType;
  const body = typeof rendered === 'string' ? rendered : rendered.body;
  const headers = typeof rendered === 'string' ? renderer.headers : rendered.headers;
  return headers === undefined ? { body, contentType } : { body, contentType, headers };
}

/** The renderer of a media type, however it is written; that of text where there is none. */
export function rendererOf(mimetype: string, among: readonly Renderer[]): Renderer {
  const bare = mimetype.split(';', 1)[0]?.trim().toLowerCase();
  return among.find(({ mediaType }) => mediaType === mimetype || mediaType === bare) ?? textRenderer;
}

provideRepresenter({ represent, problem: problemOf });
