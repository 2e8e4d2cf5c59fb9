import { ClientError } from './client-errors.js';
import type { ErrorDefaults } from './http-error.js';
import { ServerError } from './server-errors.js';

/** 423 (RFC 4918, section 11.3). */
export class Locked extends ClientError {
  static override readonly brand: string = 'Locked';
  static override readonly defaults: ErrorDefaults = {
    code: 423,
    message: 'Resource locked',
    detail: 'Somebody else is holding this resource at the moment. Wait until it is released, then try again.',
  };
}

/** 424 (RFC 4918, section 11.4). */
export class FailedDependency extends ClientError {
  static override readonly brand: string = 'FailedDependency';
  static override readonly defaults: ErrorDefaults = {
    code: 424,
    message: 'Failed dependency',
    detail: 'This depends on another step, and that one did not succeed. Repair the first step, then try again.',
  };
}

/** 507 (RFC 4918, section 11.5). */
export class InsufficientStorage extends ServerError {
  static override readonly brand: string = 'InsufficientStorage';
  static override readonly defaults: ErrorDefaults = {
    code: 507,
    message: 'Insufficient storage',
    detail: 'The server has no room left to store this. Remove something, or try again once there is space.',
  };
}

/** 508 (RFC 5842, section 7.2). */
export class LoopDetected extends ServerError {
  static override readonly brand: string = 'LoopDetected';
  static override readonly defaults: ErrorDefaults = {
    code: 508,
    message: 'Loop detected',
    detail: 'Serving this would go round in circles. Break the reference that leads back to where it began.',
  };
}
