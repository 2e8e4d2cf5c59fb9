import type { IncomingMessage } from 'node:http';
import type { ConsoleAccess, ErrorReport } from '../exceptions/exception-report.js';
import { ContextualErrorHandler } from '../handlers/contextual/contextual-error-handler.js';
import { environment } from '../handlers/environment.js';
import type { Cleanup } from '../handlers/error-handler.js';
import type { ErrorRequest } from '../handlers/error-request.js';
import type { HostApplication } from '../handlers/host-application.js';
import { AwaitedFrames } from '../inspection/awaited-frames.js';
import type { ContextualExceptionInfo } from '../inspection/contextual-exception-info.js';
import type { RecorderSettings } from '../inspection/locals-recorder.js';
import { refuseToDebug } from './activation-rules.js';
import { APPLICATION_HELP, applicationFrame } from './application-console.js';
import { CapturedConsole } from './captured-console.js';
import { Captures } from './captures.js';
import { ConsoleServer } from './console-server.js';
import type { DebuggerOptions } from './debugger-options.js';
import { FrameConsole } from './frame-console.js';

/** The server of the consoles, while the application runs. */
interface Running {
  readonly server: ConsoleServer;
  readonly port: number;
}

/**
 * Answers as the contextual handler does, with a console in every call of the application's: for whoever sits at the machine
 * that it runs on and knows the PIN that the terminal shows.
 */
export class ReplErrorHandler extends ContextualErrorHandler {
  private readonly captures = new Captures();
  private readonly output = new CapturedConsole();
  private running: Running | undefined;

  /** @throws HandlerRefused where anybody but a developer might reach it. */
  constructor(private readonly debuggerOptions: DebuggerOptions = {}) {
    super();
    refuseToDebug(environment().variables, debuggerOptions);
  }

  override async wrapApplication(application: HostApplication): Promise<Cleanup> {
    const unwrap = await super.wrapApplication(application);
    const server = new ConsoleServer(this.captures, (input) => tell(`Console: ${input}`));
    const port = await server.start();
    this.running = { server, port };
    this.output.start();
    tell(`\u001b[1mThe PIN of the debug console is ${server.lock.readable}\u001b[22m`);
    if (this.debuggerOptions.console === true) {
      const console = new FrameConsole(applicationFrame(application), this.output, APPLICATION_HELP);
      tell(`The console of the application is at ${server.addressOf(this.captures.addApplication(console))}`);
    }
    return async () => {
      this.running = undefined;
      this.output.stop();
      this.captures.clear();
      await server.stop();
      await unwrap();
    };
  }

  protected override recorderSettings(): RecorderSettings {
    const isMuted = (): boolean => this.output.isCatching;
    const awaited = this.debuggerOptions.asyncFrames === true ? { awaited: new AwaitedFrames() } : {};
    return { ...super.recorderSettings(), keepsFrames: true, isMuted, ...awaited };
  }

  protected override reportOf(info: ContextualExceptionInfo, request: ErrorRequest): ErrorReport {
    const report = super.reportOf(info, request);
    const consoles = this.consolesOf(info);
    const { running } = this;
    if (report.kind !== 'exception' || running === undefined || consoles.size === 0) return report;
    const refusal = running.server.rules.refuseStranger(rawOf(request)) ?? refuseAddress(request);
    if (refusal !== null)
      return { ...report, report: { ...report.report, notice: `There are no consoles: ${refusal}` } };
    return { ...report, console: this.accessTo(consoles, request, running) };
  }

  private accessTo(
    consoles: ReadonlyMap<string, FrameConsole>,
    { origin }: ErrorRequest,
    { port }: Running,
  ): ConsoleAccess {
    // On the page's own name, so that a strict cookie is sent: `localhost` and `127.0.0.1` are different sites.
    const consoleOrigin = `http://${new URL(origin).hostname}:${port}`;
    const id = this.captures.add(consoles, origin);
    return { origin: consoleOrigin, address: `${consoleOrigin}/?error=${id}&frame=`, frames: [...consoles.keys()] };
  }

  /** A console for each kept frame of the error and of those that led to it, by the numbers of both. */
  private consolesOf(info: ContextualExceptionInfo): Map<string, FrameConsole> {
    const consoles = new Map<string, FrameConsole>();
    for (const [number, { frames, recorded }] of [info, ...info.causes].entries()) {
      for (const [index, { live, functionName }] of frames.entries()) {
        if (live === null || recorded === null) continue;
        const frame = {
          name: functionName ?? '<anonymous>',
          evaluate: (code: string) => live.evaluate(code),
          names: () => live.names(),
          within: recorded.within,
        };
        // Reports number the calls from the outermost.
        consoles.set(`${number}.${frames.length - 1 - index}`, new FrameConsole(frame, this.output));
      }
    }
    return consoles;
  }
}

/** The consoles listen on 127.0.0.1 alone, and have to be of the page's own site. */
function refuseAddress({ origin }: ErrorRequest): string | null {
  return new URL(origin).hostname === '[::1]' ? 'Open the page at localhost or 127.0.0.1 instead of [::1].' : null;
}

/** To the terminal alone: a log may go anywhere. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function rawOf({ raw }: ErrorRequest): IncomingMessage {
  return (raw as { readonly raw?: IncomingMessage }).raw ?? (raw as IncomingMessage);
}
