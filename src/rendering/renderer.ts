import type { ErrorDocument } from './error-document.js';

/** Makes one representation of errors. A host may bring its own. */
export interface Renderer {
  /** Such as `application/json`: what clients ask for. */
  readonly mediaType: string;
  /** What goes into `Content-Type`. @default the media type */
  readonly contentType?: string;
  /** Headers that every answer in this representation carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Writes the document. What it throws is answered as a failure of the service. */
  render(document: ErrorDocument): string | RenderedBody;
}

/** A document that was written, with headers of this one answer. */
export interface RenderedBody {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}
