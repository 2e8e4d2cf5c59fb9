/** One call on the stack of a reported error, with what was known in it. */
export interface FrameReport {
  /** Its place in the list, from 0. */
  readonly id: number;
  readonly func_name: string;
  /** The name of the file without its directories. */
  readonly module_name: string;
  /** The whole path of the file, or its address. */
  readonly module_path: string;
  /** From 1. */
  readonly lineno: number | null;
  /** From 1. */
  readonly colno: number | null;
  /** The line of source; null where the source cannot be had. */
  readonly line: string | null;
  readonly pre_lines: readonly string[];
  readonly post_lines: readonly string[];
  /** The variables of the frame by name, `this` among them, each shown as a text; null where they were not recorded. */
  readonly locals: Readonly<Record<string, string>> | null;
  /** Whether it is of Node’s, of a package or of the framework, and not the application’s own. */
  readonly is_hidden: boolean;
  /** Whether the call was left at an `await` when the error was thrown. */
  readonly is_async: boolean;
}

/** One error of a chain. */
export interface ExceptionReport {
  readonly exc_type: string;
  readonly exc_value: string;
  /** What the error carries beside that, by name, each shown as a text: a driver's code, say. */
  readonly exc_properties: Readonly<Record<string, string>>;
  /** The calls, the outermost first. */
  readonly exc_tb: { readonly frames: readonly FrameReport[] };
  /** The stack as a text. */
  readonly exc_tb_str: string;
  /** The frame that threw: the last of the application’s own, or the last of all. */
  readonly last_frame: FrameReport | null;
  /** The errors of an `AggregateError`. */
  readonly exc_errors: readonly ExceptionReport[];
}

/** The request that failed, its secrets taken out. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly url_params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
}

/** Everything that a developer needs of an error that nobody made for a client. */
export interface ContextualReport extends ExceptionReport {
  /** The errors that led to this one, the nearest first. */
  readonly exc_causes: readonly ExceptionReport[];
  readonly req: RequestReport;
  /** ISO 8601. */
  readonly server_time: string;
  readonly node: { readonly version: string; readonly platform: string };
  /** Why there are no variables; null when there are. */
  readonly notice: string | null;
}

/** How far a route of the application matched a request. */
export interface RouteReport {
  readonly method: string;
  readonly path: string;
  readonly controller: string | null;
  readonly handler: string | null;
  readonly path_matched: boolean;
  readonly method_matched: boolean;
  /** Whether the path matches once the slash at its end is left aside. */
  readonly slash_matched: boolean;
  /** Whether it is the one that was probably meant. */
  readonly is_nearest: boolean;
}

/** The routes of the application, in the order in which they were tried. */
export interface RoutesReport {
  readonly request: { readonly method: string; readonly path: string };
  readonly routes: readonly RouteReport[];
}

/** Where the consoles of an error are: for its page alone. */
export interface ConsoleAccess {
  /** The origin of their server. */
  readonly origin: string;
  /** What the key of a frame is appended to. */
  readonly address: string;
  /** The keys: the number of the error in its chain of causes, a dot, and the id of the frame. */
  readonly frames: readonly string[];
}

/** What a developer is told beyond what a client is: of what happened, or of the routes that were tried. */
export type ErrorReport =
  | { readonly kind: 'exception'; readonly report: ContextualReport; readonly console?: ConsoleAccess }
  | { readonly kind: 'routes'; readonly report: RoutesReport };
