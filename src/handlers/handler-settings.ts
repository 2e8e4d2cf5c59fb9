import type { ScaleError } from '../exceptions/scale-error.js';
import type { Renderer } from '../rendering/renderer.js';
import { renderers } from '../rendering/representations.js';
import type { ErrorHandlerOptions } from './error-handler.js';
import { refuseNoErrors, refuseNoHandler, refuseNoRenderers, refuseUnknown, shown } from './option-checks.js';
import type { ErrorHandlerChoice } from './use-error-handler.js';

/** `Symbol.for`, because an ESM and a CommonJS copy of the package may be loaded side by side. */
export const HANDLER_SETTINGS = Symbol.for('nestjs-errata.handlerSettings');

/** How errors are answered in an application. */
export interface HandlingOptions {
  /** How the handlers go about their work. */
  handlerOptions?: ErrorHandlerOptions;
  /**
   * Representations beside the six that there are; one of the same media type takes the place of ours.
   * @default none
   */
  renderers?: readonly Renderer[];
  /**
   * Where catalogued errors are explained: the start of the URI that problems carry as their `type`, such as
   * `https://errors.example`.
   * @default the origin of the request
   */
  problemTypeBase?: string;
  /**
   * The status for requests whose fields are invalid.
   * @default 400
   */
  validationStatus?: 400 | 422;
  /**
   * The host's own process errors: each is registered when the module starts, as `registerError` does.
   * @default none
   */
  errors?: readonly ScaleError[];
  /** How the contextual handler is set up. */
  contextual?: {
    /**
     * Whether it may run where NODE_ENV is “production”, although it shows stacks, variables and requests to everybody.
     * @default false
     */
    allowInProduction?: boolean;
  };
}

/** The same, with every default in its place. */
export interface HandlerSettings {
  readonly handler: ErrorHandlerChoice;
  readonly options: ErrorHandlerOptions;
  readonly renderers: readonly Renderer[];
  readonly problemTypeBase: string | undefined;
  readonly validationStatus: 400 | 422;
  readonly allowInProduction: boolean;
  readonly errors: readonly ScaleError[];
}

const HANDLING = ['handlerOptions', 'renderers', 'problemTypeBase', 'validationStatus', 'contextual', 'errors'];

/**
 * @param elsewhere options that may stand beside these and are read by somebody else.
 * @throws Error for options that cannot be used.
 */
export function settingsFrom(
  handler: ErrorHandlerChoice,
  options: HandlingOptions,
  elsewhere: readonly string[] = [],
): HandlerSettings {
  refuseUnknown('the module’s options', options, [...HANDLING, ...elsewhere]);
  refuseUnknown('handlerOptions', options.handlerOptions, ['reraiseUncaught', 'hideInternalFrames', 'redact']);
  refuseUnknown('contextual', options.contextual, ['allowInProduction']);
  refuseNoHandler(handler);
  refuseNoRenderers(options.renderers);
  refuseNoErrors(options.errors);
  const { problemTypeBase, validationStatus = 400 } = options;
  const { redact } = options.handlerOptions ?? {};
  if (redact !== undefined && !Array.isArray(redact)) {
    throw new Error(`ErrorModule: handlerOptions.redact is ${shown(redact)}. Give a list of names and patterns.`);
  }
  if (problemTypeBase !== undefined && !/^https?:\/\/[^\s?#]+$/.test(problemTypeBase)) {
    throw new Error(
      `ErrorModule: problemTypeBase is “${problemTypeBase}”, which starts no address. Give one such as https://errors.example.`,
    );
  }
  if (![400, 422].includes(validationStatus)) {
    throw new Error(`ErrorModule: validationStatus is ${shown(validationStatus)}. Give the number 400 or 422.`);
  }
  return {
    handler,
    options: options.handlerOptions ?? {},
    renderers: withOwn(options.renderers ?? []),
    problemTypeBase,
    validationStatus,
    allowInProduction: options.contextual?.allowInProduction ?? false,
    errors: options.errors ?? [],
  };
}

function withOwn(own: readonly Renderer[]): Renderer[] {
  const ours = renderers.map((renderer) => own.find(({ mediaType }) => mediaType === renderer.mediaType) ?? renderer);
  return [...ours, ...own.filter((renderer) => !ours.includes(renderer))];
}
