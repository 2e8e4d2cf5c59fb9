import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Errata</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto 4rem; padding: 0 1.25rem; }
  h1 { font-size: 1.9rem; margin: 0 0 .25rem; }
  ul { list-style: none; padding: 0; }
  li { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); padding: .65rem 0; }
  code { font-size: .95em; }
  small { opacity: .75; display: block; }
</style>
<h1>Errata</h1>
<p>What went wrong, catalogued and answered. This is the error catalogue of a job platform, served over REST.</p>
<ul>
  <li><a href="/v6/errors/"><code>/v6/errors/</code></a><small>the catalogued errors, page by page</small></li>
  <li><a href="/docs"><code>/docs</code></a><small>every route with its parameters, to read and to try</small></li>
  <li><a href="/docs-json"><code>/docs-json</code></a><small>the same as an OpenAPI document</small></li>
  <li><a href="/health/ready"><code>/health/ready</code></a><small>whether requests can be served</small></li>
</ul>
</html>
`;

/** The page at `/`: what this is and where to go. */
@ApiExcludeController()
@Controller()
export class StartPageController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return PAGE;
  }
}
