/** What came back from an address on the internet. */
export interface OutgoingAnswer {
  /** Where it came from, after redirects. */
  url: string;
  status: number;
  /** Media type in small letters, without parameters; empty when none was said. */
  mediaType: string;
  charset: string | undefined;
  /** Decompressed, and cut where it was longer than what is read. */
  body: Uint8Array;
}

/**
 * Requests to addresses that somebody else named. They reach the public internet alone: never the server's own
 * network, whatever the name resolves to.
 */
export interface OutgoingRequests {
  /** Follows a few redirects. @throws OutgoingFailure */
  read(url: string, accept: string): Promise<OutgoingAnswer>;
  /** Sends JSON; follows no redirect, tries once. @returns the status. @throws OutgoingFailure */
  post(url: string, json: string): Promise<number>;
}

/** Nothing was read. Why is for the log: to the caller a refused address and a dead one must look alike. */
export class OutgoingFailure extends Error {
  readonly reason: 'refused' | 'failed' | 'busy';
  constructor(reason: 'refused' | 'failed' | 'busy', message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutgoingFailure';
    this.reason = reason;
  }
}
