/** A handler shows more than whoever might reach the application here may see; the message says why, and what to do. */
export class HandlerRefused extends Error {}
