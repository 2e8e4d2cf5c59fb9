import type { ModuleRef } from '@nestjs/core';

/** The application that the handlers work for. */
export interface HostApplication {
  /** Finds what the application is made of. */
  readonly moduleRef: ModuleRef;
  /** The server that the application's requests come to. */
  readonly server: unknown;
}
