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
  const wanted = mimetype.split(';', 1)[0]?.trim().toLowerCase();
  const renderer = among.find(({ mediaType }) => mediaType === wanted) ?? textRenderer;
  return {
    body: renderer.render(documentOf(error, context)),
    contentType: renderer.contentType ?? renderer.mediaType,
    ...(renderer.headers === undefined ? {} : { headers: renderer.headers }),
  };
}

provideRepresenter({ represent, problem: problemOf });
