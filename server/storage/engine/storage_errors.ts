import { GatehouseError } from '../../kernel/errors.ts';

/** Thrown to a store whose insert met an existing key; the store turns it into words of its own. */
export class DuplicateKeyError extends Error {
  constructor(cause: unknown) {
    super('a row with this key already exists', { cause });
    this.name = 'DuplicateKeyError';
  }
}

/** Turns a driver's error into ours, so that no table or constraint name leaves this layer. */
export function storageError(error: unknown): unknown {
  if (error instanceof GatehouseError || error instanceof DuplicateKeyError) return error;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return sqliteError(error, errcode);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return postgresError(error, code);
  if (typeof code === 'string' && /^E(CONN|PIPE|HOST|TIMEDOUT)/.test(code)) return unavailable(error);
  // The driver's own errors have no code.
  const { message } = error as { message?: unknown };
  if (/^(timeout exceeded when trying to connect|Connection terminated)/.test(String(message)))
    return unavailable(error);
  return error;
}

/** SQLite's result codes: https://sqlite.org/rescode.html (the low byte is the primary code). */
function sqliteError(error: unknown, errcode: number): unknown {
  const constraintUnique = 2067;
  const constraintPrimaryKey = 1555;
  const constraintRowId = 2579;
  if (errcode === constraintUnique || errcode === constraintPrimaryKey || errcode === constraintRowId)
    return new DuplicateKeyError(error);
  const busy = 5;
  const locked = 6;
  const readOnly = 8;
  const inputOutput = 10;
  const full = 13;
  const cannotOpen = 14;
  return [busy, locked, readOnly, inputOutput, full, cannotOpen].includes(errcode & 0xff)
    ? unavailable(error)
    : error;
}

/** PostgreSQL's SQLSTATE classes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function postgresError(error: unknown, code: string): unknown {
  if (code === '23505') return new DuplicateKeyError(error);
  // SQLite stores a NUL, PostgreSQL does not; nothing of ours contains one.
  if (code === '22021')
    return new GatehouseError('validation', 'A text of the request contains a NUL character. Leave it out.', {
      cause: error,
    });
  const connection = '08';
  const rolledBack = '40';
  const resources = '53';
  const operator = '57';
  return [connection, rolledBack, resources, operator].includes(code.slice(0, 2))
    ? unavailable(error)
    : error;
}

function unavailable(cause: unknown): GatehouseError {
  return new GatehouseError(
    'service_unavailable',
    'The storage cannot take this request at the moment. Nothing was changed; please try again.',
    { cause, retryAfterSeconds: 1 },
  );
}

/** PostgreSQL asks for another try when two transactions got in each other's way. */
export function isSerializationFailure(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40001' || code === '40P01';
}
