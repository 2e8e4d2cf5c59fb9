import type { FastifyInstance } from 'fastify';
import { RequestEntityTooLarge, UnsupportedMediaType } from '../index.js';

/** The largest body, in bytes. */
export const BODY_LIMIT = 1_048_576;

/** Refuses bodies that cannot be read, in sentences that say why; the routes refuse what is no JSON. */
export function readBodies(fastify: FastifyInstance): void {
  // A type that Fastify has no parser for would be refused before any route could say which one it takes.
  fastify.addContentTypeParser('*', (_request, _body, done) => done(null));
  fastify.addHook('preParsing', (request, reply, _body, done) => {
    const { 'content-encoding': encoding = 'identity', 'content-length': length } = request.headers;
    if (encoding.toLowerCase() === 'identity' && !(Number(length) > BODY_LIMIT)) {
      done();
      return;
    }
    // The body is left unread, and whoever sends it may have more of it.
    reply.header('connection', 'close');
    done(Number(length) > BODY_LIMIT ? tooLarge() : encoded(encoding));
  });
}

function tooLarge(): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    'The body is larger than 1 MB (1,048,576 bytes), the most that is accepted here. Send less, or split it into several requests.',
  );
}

function encoded(encoding: string): UnsupportedMediaType {
  return new UnsupportedMediaType(
    `A body in the content encoding ${encoding} cannot be read here. Send it as it is, without a Content-Encoding header.`,
    { headers: { 'Accept-Encoding': 'identity' } },
  );
}
