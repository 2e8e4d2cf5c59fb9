import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { everyClass } from '../support/http-error-register.js';

/** What each entry gives to hosts. A change here is a change for them: it belongs into the CHANGELOG. */
const SURFACE = {
  'src/index.ts': [
    ...everyClass.map(([name]) => name),
    'BuiltinError',
    'CatalogOptions',
    'Cleanup',
    'ClientError',
    'ContextualErrorHandler',
    'ContextualExceptionInfo',
    'ContextualFrame',
    'ContextualReport',
    'ControllerRoute',
    'DebuggerOptions',
    'ErrataFastifyOptions',
    'ErrorDefaults',
    'ErrorDict',
    'ErrorDocument',
    'ErrorHandler',
    'ErrorHandlerChoice',
    'ErrorHandlerOptions',
    'ErrorHeaders',
    'ErrorLog',
    'ErrorModule',
    'ErrorModuleAsyncOptions',
    'ErrorModuleOptions',
    'ErrorModuleRooms',
    'ErrorRegistration',
    'ErrorReport',
    'ErrorRequest',
    'ExceptionContext',
    'ExceptionInfo',
    'ExceptionReport',
    'FieldError',
    'FieldValidationPipe',
    'FrameReport',
    'HandlingOptions',
    'HostApplication',
    'HttpError',
    'HttpErrorClass',
    'HttpErrorOptions',
    'KnownRoute',
    'Problem',
    'ProblemContext',
    'RegisteredError',
    'RenderedBody',
    'RenderedError',
    'Renderer',
    'RenderingSettings',
    'Representation',
    'RequestReport',
    'RouteReport',
    'RoutesReport',
    'RunProcessOptions',
    'ScaleDatabaseError',
    'ScaleError',
    'ScaleErrorClass',
    'ScaleErrorOptions',
    'ScaleIOError',
    'ScaleOperationalError',
    'ServerError',
    'SourceExcerpt',
    'StackFrame',
    'StandardIssue',
    'TakenRoute',
    'UncaughtContext',
    'UseErrorHandler',
    'WatchableDataSource',
    'answerUnreadable',
    'errataFastifyOptions',
    'getErrorByException',
    'httpErrors',
    'negotiate',
    'pointerTo',
    'registerError',
    'renderers',
    'runProcess',
    'standardSchemaErrorFactory',
    'validationErrorFactory',
    'watchDataSource',
  ],
  'src/catalog.ts': [
    'ALL_BUILTIN_ERRORS',
    'Attempt',
    'BASIC_BUILTIN_ERRORS',
    'BuiltinError',
    'CatalogOptions',
    'DEFAULT_RETRY_POLICY',
    'ERROR_CATEGORIES',
    'ErrorBaseView',
    'ErrorCategory',
    'ErrorChanges',
    'ErrorDefinition',
    'ErrorDetailsView',
    'ErrorDetails',
    'ErrorEntity',
    'ErrorField',
    'ErrorFilters',
    'ErrorInterface',
    'ErrorInterfaceParts',
    'ErrorNotFound',
    'ErrorOrder',
    'ErrorPage',
    'ErrorRepository',
    'ErrorView',
    'ErrorsService',
    'Failure',
    'InvalidErrorDefinition',
    'JobErrorExitCodeEntity',
    'JobErrorMapping',
    'JobErrorModel',
    'MappedError',
    'MappingCatalogue',
    'NaturalKeyTaken',
    'PageNotFound',
    'PageRequest',
    'ReportedException',
    'RetryOptions',
    'RetryPolicy',
    'RetryPolicyEntity',
    'StaleVersion',
    'Verdict',
    'WireError',
    'errorEntities',
    'errorMigrations',
    'showIn',
  ],
  'src/logging.ts': [
    'DatabaseLogHandler',
    'DatabaseLogHandlerOptions',
    'DatabaseLogger',
    'FinishedRecord',
    'LOG_LEVELS',
    'LogCounts',
    'LogDataSource',
    'LogEntry',
    'LogHandlerOptions',
    'LogModel',
    'LogReadingOptions',
    'LogRecord',
    'LogStats',
    'LogTarget',
    'LogUpkeep',
    'LoggingOptions',
    'OtlpExporter',
    'OtlpLogTarget',
    'OtlpOptions',
    'RecordsRefused',
    'RetentionOptions',
    'SpoolOptions',
    'TargetAway',
    'TargetStats',
    'logEntities',
    'logMigrations',
  ],
  'src/pino.ts': ['PinoTransportOptions', 'default'],
  'src/openapi.ts': [
    'ApiErrorResponse',
    'ApiErrorResponses',
    'DocumentErrorsOptions',
    'DocumentedClass',
    'ErrorResponseOptions',
    'ExampleOptions',
    'documentErrors',
  ],
};

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)).config,
  ts.sys,
  '.',
);
const program = ts.createProgram(Object.keys(SURFACE), config.options);
const checker = program.getTypeChecker();

function exportsOf(entry: string): ts.Symbol[] {
  const file = program.getSourceFile(entry) as ts.SourceFile;
  return checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol);
}

describe('The surface', () => {
  test.each(Object.entries(SURFACE))('of %s is what hosts know', (entry, names) => {
    expect(
      exportsOf(entry)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  });

  test('is explained, symbol by symbol', () => {
    const silent = Object.keys(SURFACE).flatMap((entry) =>
      exportsOf(entry).filter((symbol) => {
        const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        return target.getDocumentationComment(checker).length === 0;
      }),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
