import { Logger } from '@nestjs/common';
import type { Server } from 'node:http';
import { ContextualInternalServerError, ContextualNotFound } from '../../exceptions/contextual-errors.js';
import type { ErrorReport } from '../../exceptions/exception-report.js';
import type { HttpError } from '../../exceptions/http-error.js';
import { httpErrors } from '../../exceptions/http-errors.js';
import { CallSources } from '../../inspection/call-sources.js';
import { ContextualExceptionInfo } from '../../inspection/contextual-exception-info.js';
import type { LocalsRecorder, RecorderSettings } from '../../inspection/locals-recorder.js';
import { Redaction, RedactionRules } from '../../inspection/redaction.js';
import type { Renderer } from '../../rendering/renderer.js';
import { markdownRenderer } from '../../rendering/markdown-renderer.js';
import { contextualReport } from './contextual-report.js';
import { environment } from '../environment.js';
import { type Cleanup, ErrorHandler, type UncaughtContext } from '../error-handler.js';
import type { ErrorRequest } from '../error-request.js';
import { HandlerRefused } from '../handler-refused.js';
import type { HostApplication } from '../host-application.js';
import { learn, learnSecrets } from './request-secrets.js';
import { answerTo } from '../registered-errors.js';
import type { KnownRoute } from '../route-table.js';
import { routesReport } from './routes-report.js';
import { serveWithin } from './serve-within.js';

/** How many calls a stack has while this handler is on. */
const STACK_DEPTH = 50;

/**
 * Answers with everything that a developer needs: the stack with its source and its variables, the causes, the request, and
 * for an unknown address the routes that were tried. Everybody who gets the answer reads all that: for development.
 */
export class ContextualErrorHandler extends ErrorHandler {
  override readonly notFoundType = ContextualNotFound;
  override readonly serverErrorType = ContextualInternalServerError;
  override readonly excInfoType: typeof ContextualExceptionInfo = ContextualExceptionInfo;
  private readonly sources = new CallSources();
  private rules: RedactionRules | undefined;
  private offered: { readonly among: readonly Renderer[]; readonly all: readonly Renderer[] } | undefined;
  private recorder: LocalsRecorder | undefined;

  override get renderers(): readonly Renderer[] {
    const among = super.renderers;
    if (this.offered?.among !== among) this.offered = { among, all: [...among, markdownRenderer] };
    return this.offered.all;
  }

  override uncaughtToResponse(thrown: unknown, { request }: UncaughtContext): HttpError {
    const info = new this.excInfoType(thrown, {
      sources: this.sources,
      recordOf: (error) => this.recorder?.recordOf(error) ?? 'unseen',
      hideInternalFrames: this.effectiveOptions.hideInternalFrames ?? true,
    });
    const report = this.reportOf(info, request);
    this.recorder?.answered(thrown);
    return answerTo(thrown, this.serverErrorType, { report });
  }

  override routingError(request: ErrorRequest, allowed: readonly string[], routes: readonly KnownRoute[]): HttpError {
    const report = { kind: 'routes', report: routesReport(request, routes) } as const;
    return allowed.length === 0
      ? new this.notFoundType(undefined, { report })
      : new this.methodNotAllowedType(allowed, undefined, { report });
  }

  /** @throws Error in production, unless that is allowed. */
  override async wrapApplication(application: HostApplication): Promise<Cleanup> {
    this.refuseProduction();
    new Logger('Errors').warn(
      '\u001b[1mErrors are answered with their stack, their variables and the request, to everybody. This is for development.\u001b[22m',
    );
    // Loaded only here: those who do not ask for it have no inspector in their process.
    const { LocalsRecorder } = await import('../../inspection/locals-recorder.js');
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = Math.max(depth, STACK_DEPTH);
    const recorder = new LocalsRecorder(this.recorderSettings());
    const restore = serveWithin(application.server as Server, (serve) => recorder.inRequest(serve));
    recorder.start();
    this.recorder = recorder;
    return () => {
      recorder.stop();
      restore();
      Error.stackTraceLimit = depth;
    };
  }

  /** How variables are recorded. */
  protected recorderSettings(): RecorderSettings {
    return { redaction: () => this.redaction(), ignored: CONTROL_FLOW };
  }

  /** What a developer is told of an error. */
  protected reportOf(info: ContextualExceptionInfo, request: ErrorRequest): ErrorReport {
    const redaction = this.redaction();
    learnSecrets(request, redaction);
    learn(environment().variables, redaction);
    return { kind: 'exception', report: contextualReport(info, request, redaction) };
  }

  private refuseProduction(): void {
    if (!environment().isProduction || this.settings.allowInProduction) return;
    throw new HandlerRefused(
      'ErrorModule: the contextual handler shows stacks, variables and requests to everybody, and NODE_ENV is “production”; ' +
        'the application was not started. Use the default handler, or set contextual: { allowInProduction: true }.',
    );
  }

  private redaction(): Redaction {
    this.rules ??= new RedactionRules(this.effectiveOptions.redact);
    return new Redaction(this.rules);
  }
}

/** Errors that are control flow, by the names of their classes: ours, and Nest's, which end in Exception. */
const CONTROL_FLOW: ReadonlySet<string> = new Set(
  [...httpErrors.values()]
    .filter(({ defaults }) => defaults.code < 500)
    .flatMap(({ name }) => [name, `${name}Exception`]),
);
