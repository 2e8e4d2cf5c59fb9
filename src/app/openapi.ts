import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentErrors } from '../openapi.js';

/** Serves the OpenAPI document as a page at `/docs`, and by itself at `/docs-json`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describe(app), { jsonDocumentUrl: 'docs-json', yamlDocumentUrl: 'docs-yaml' });
}

function describe(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Errata')
    .setDescription(
      'What went wrong, catalogued and answered. The same interface is served under /v6 and /v7, with and without the trailing slash.',
    )
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token that the service was started with.' })
    .addTag('errors', 'The catalogue of errors')
    .addTag('job types', 'What job types declare')
    .addTag('logs', 'The log, and what it says of errors')
    .addTag('service', 'The service itself')
    .build();
  return documentErrors(withUniqueIds(SwaggerModule.createDocument(app, settings)));
}

/** One handler serves both versions of a path; the ids of its operations have to differ all the same. */
function withUniqueIds(document: OpenAPIObject): OpenAPIObject {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods as Record<string, { operationId?: string }>)) {
      const name = path
        .split('/')
        .map((step) => step.replace(/\W/g, ''))
        .filter(Boolean);
      operation.operationId = [method, ...name].join('_');
    }
  }
  return document;
}
