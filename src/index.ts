export type { BuiltinError } from './catalog/builtin-errors.js';
export type { CatalogOptions } from './catalog/catalog-options.js';
export { ErrorModule } from './error.module.js';
export type { ErrorModuleAsyncOptions, ErrorModuleOptions, ErrorModuleRooms } from './error-module.options.js';
export {
  NetworkAuthenticationRequired,
  PreconditionRequired,
  RequestHeaderFieldsTooLarge,
  TooManyRequests,
} from './exceptions/additional-errors.js';
export {
  BadRequest,
  ClientError,
  Conflict,
  ExpectationFailed,
  Forbidden,
  Gone,
  ImATeapot,
  LengthRequired,
  MisdirectedRequest,
  NotAcceptable,
  NotFound,
  PaymentRequired,
  PreconditionFailed,
  ProxyAuthenticationRequired,
  RequestedRangeNotSatisfiable,
  RequestEntityTooLarge,
  RequestTimeout,
  RequestURITooLong,
  TooEarly,
  Unauthorized,
  UnavailableForLegalReasons,
  UnprocessableEntity,
  UnsupportedMediaType,
  UpgradeRequired,
} from './exceptions/client-errors.js';
export { ContextualInternalServerError, ContextualNotFound } from './exceptions/contextual-errors.js';
export type {
  ContextualReport,
  ErrorReport,
  ExceptionReport,
  FrameReport,
  RequestReport,
  RouteReport,
  RoutesReport,
} from './exceptions/exception-report.js';
export { watchDataSource, type WatchableDataSource } from './exceptions/data-source-failures.js';
export { type ErrorRegistration, getErrorByException, registerError } from './exceptions/error-registry.js';
export { type FieldError, pointerTo } from './exceptions/field-error.js';
export {
  type ErrorDefaults,
  type ErrorDict,
  type ErrorHeaders,
  HttpError,
  type HttpErrorOptions,
} from './exceptions/http-error.js';
export { type HttpErrorClass, httpErrors } from './exceptions/http-errors.js';
export { MethodNotAllowed } from './exceptions/method-not-allowed.js';
export { RegisteredError } from './exceptions/registered-error.js';
export type { Problem, ProblemContext, Representation } from './exceptions/representer.js';
export { type ErrorLog, ScaleError, type ScaleErrorClass, type ScaleErrorOptions } from './exceptions/scale-error.js';
export { ScaleDatabaseError, ScaleIOError, ScaleOperationalError } from './exceptions/scale-errors.js';
export {
  BadGateway,
  GatewayTimeout,
  HTTPVersionNotSupported,
  InternalServerError,
  NotExtended,
  NotImplemented,
  ServerError,
  ServiceUnavailable,
  VariantAlsoNegotiates,
} from './exceptions/server-errors.js';
export { FailedDependency, InsufficientStorage, Locked, LoopDetected } from './exceptions/webdav-errors.js';
export type { ErrorDocument } from './rendering/error-document.js';
export type { DebuggerOptions } from './debugger/debugger-options.js';
export { ContextualErrorHandler } from './handlers/contextual/contextual-error-handler.js';
export {
  type Cleanup,
  ErrorHandler,
  type ErrorHandlerOptions,
  type RenderingSettings,
  type UncaughtContext,
} from './handlers/error-handler.js';
export type { ControllerRoute } from './handlers/controller-routes.js';
export type { ErrorRequest, RenderedError, TakenRoute } from './handlers/error-request.js';
export { type ErrataFastifyOptions, errataFastifyOptions } from './handlers/adapters/fastify-options.js';
export { HandlerRefused } from './handlers/handler-refused.js';
export type { HandlingOptions } from './handlers/handler-settings.js';
export type { KnownRoute } from './handlers/route-table.js';
export type { HostApplication } from './handlers/host-application.js';
export { answerUnreadable } from './handlers/adapters/unreadable-requests.js';
export { type ErrorHandlerChoice, UseErrorHandler } from './handlers/use-error-handler.js';
export {
  FieldValidationPipe,
  standardSchemaErrorFactory,
  type StandardIssue,
  validationErrorFactory,
} from './handlers/validation-errors.js';
export type { SourceExcerpt } from './inspection/call-sources.js';
export {
  ContextualExceptionInfo,
  type ContextualFrame,
  type ExceptionContext,
} from './inspection/contextual-exception-info.js';
export { ExceptionInfo, type StackFrame } from './inspection/exception-info.js';
export { runProcess, type RunProcessOptions } from './process/run-process.js';
export { negotiate } from './rendering/negotiate.js';
export type { RenderedBody, Renderer } from './rendering/renderer.js';
export { renderers } from './rendering/representations.js';
