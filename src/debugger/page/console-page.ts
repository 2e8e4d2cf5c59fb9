/** What the page of a console is made of. */
export interface ConsolePage {
  readonly nonce: string;
  readonly secret: string;
  /** Whether the PIN was given before. */
  readonly isTrusted: boolean;
  readonly error: string;
  readonly frame: string;
}

/** The policy of the page: its own style and script, calls to its own server, and the application's page around it. */
export function consolePolicy(nonce: string, ancestor: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestor}`,
  ].join('; ');
}

/** The page of a console in one frame. */
export function consolePage(_page: ConsolePage): string {
  return '';
}
