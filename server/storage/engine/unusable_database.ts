/** Why a database is refused at the start. */
export type Unusable = 'in_use' | 'damaged' | 'newer';

/** A database that must not be served; the message says what is wrong with it and what to do. */
export class UnusableDatabaseError extends Error {
  readonly reason: Unusable;

  constructor(reason: Unusable, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnusableDatabaseError';
    this.reason = reason;
  }
}
