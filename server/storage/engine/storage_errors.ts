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
  const sqlite = sqliteCode(error);
  if (sqlite !== undefined) return sqliteError(error, sqlite);
  const state = sqlState(error);
  if (state !== undefined) return postgresError(error, state);
  return isConnectionLoss(error) ? unavailable(error) : error;
}

/** SQLite's extended result code: https://sqlite.org/rescode.html (the low byte is the primary code). */
function sqliteCode(error: unknown): number | undefined {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode : undefined;
}

/** PostgreSQL's SQLSTATE, of an error that the server itself has sent. */
function sqlState(error: unknown): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && (severity !== undefined || /\d/.test(code))
    ? code
    : undefined;
}

const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** True when another connection holds the lock that was wanted (SQLite). */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && (code & 0xff) === BUSY;
}

/** True when SQLite finds that the file is not what it should be. */
export function isDamaged(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && [CORRUPT, NOT_A_DATABASE].includes(code & 0xff);
}

function sqliteError(error: unknown, errcode: number): unknown {
  const constraintUnique = 2067;
  const constraintPrimaryKey = 1555;
  const constraintRowId = 2579;
  if (errcode === constraintUnique || errcode === constraintPrimaryKey || errcode === constraintRowId)
    return new DuplicateKeyError(error);
  const readOnly = 8;
  const inputOutput = 10;
  const full = 13;
  const cannotOpen = 14;
  return [BUSY, LOCKED, readOnly, inputOutput, full, cannotOpen].includes(errcode & 0xff)
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
  const system = '58';
  // After a failover the old address may lead to a standby, which takes no writes.
  const readOnlyTransaction = '25006';
  const idleInTransaction = '25P03';
  const lockNotAvailable = '55P03';
  return [connection, rolledBack, resources, operator, system].includes(code.slice(0, 2)) ||
    [readOnlyTransaction, idleInTransaction, lockNotAvailable].includes(code)
    ? unavailable(error)
    : error;
}

/**
 * True when the connection to PostgreSQL is lost, or could not be made: nobody answers any more, so that there
 * is nothing to roll back either.
 */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error);
  // 57P01 to 57P05: the server ends, or ends this connection.
  if (state !== undefined) return state.startsWith('08') || state.startsWith('57P0');
  const { code, message, syscall } = error as { code?: unknown; message?: unknown; syscall?: unknown };
  if (typeof code === 'string' && /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)/.test(code)) return true;
  // A socket's path, or a host's name, that is not there.
  if ((code === 'ENOENT' && syscall === 'connect') || code === 'ENOTFOUND') return true;
  // The driver's own errors have no code.
  return /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client (has encountered|was closed))/.test(
    String(message),
  );
}

function unavailable(cause: unknown): GatehouseError {
  return new GatehouseError(
    'service_unavailable',
    'The storage cannot take this request at the moment. Nothing was changed; please try again.',
    { cause, retryAfterSeconds: 1 },
  );
}

/** More units of work wait already than can be done in good time. */
export function tooManyWait(): GatehouseError {
  return new GatehouseError('service_unavailable', 'The server is busy. Nothing was changed; try again.', {
    retryAfterSeconds: 1,
  });
}

/** The disk refused to keep what was written: no further write is taken until a restart. */
export function diskFailed(cause: unknown): GatehouseError {
  return new GatehouseError(
    'service_unavailable',
    'The server cannot write to its disk. Whether this was saved is not known; look after its operator has restarted it.',
    { cause, retryAfterSeconds: 30 },
  );
}

/** The connection broke between the commit and its answer: whether it was done, only the database knows. */
export function outcomeUnknown(cause: unknown): GatehouseError {
  return new GatehouseError(
    'service_unavailable',
    'The connection to the storage broke while this was being saved, so that it is not known whether it was. Look before you try again.',
    { cause, retryAfterSeconds: 1 },
  );
}

/** PostgreSQL asks for another try when two transactions got in each other's way. */
export function isSerializationFailure(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40001' || code === '40P01';
}
