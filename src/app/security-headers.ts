import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

const decide = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The OpenAPI page brings styles of its own.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Browsers have dropped what these were for, or are told the same by the others.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  originAgentCluster: false,
  // Whether the host is reached by TLS at all is for the proxy in front of the service to say.
  strictTransportSecurity: false,
});

/** The security headers of every answer. They depend on nothing in the request, so that they are decided once. */
export const securityHeaders: Readonly<Record<string, string>> = decideOnce();

function decideOnce(): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  decide(request, response, () => {});
  return { ...response.getHeaders() } as Record<string, string>;
}
