/** What went wrong in words, where it is one of the things that happen to everybody. */
export function startProblem(error: unknown): string {
  const { code, message, port, cause } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use. Choose another: npm start -- --port 8081`;
    case 'EROFS':
    case 'EPERM':
      return unwritable(error);
    case 'EACCES':
      if (port === undefined) return unwritable(error);
      return `port ${port} may not be used by this user. Choose one above 1023: --port 8080`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return `the database of DATABASE_URL does not answer (${code}). Is PostgreSQL running, and are its host and port right?`;
    case 'ERR_SQLITE_ERROR':
      return `the database file cannot be used: ${message}. DATA_DIR should be a folder that this user may write, on a disk that is not full. \`gatehouse doctor\` looks closer.`;
  }
  if (code !== undefined && /^(28|3D)/.test(code))
    return `PostgreSQL refused the connection: ${message}. Check the user, password and database name in DATABASE_URL.`;
  return cause instanceof Error ? `${message} (${cause.message})` : String((error as Error).stack ?? message);
}

function unwritable(error: unknown): string {
  const { code, path = 'a file' } = error as NodeJS.ErrnoException;
  return `${path} cannot be written (${code}). DATA_DIR should be a folder that this user may write, on a disk that is not mounted read-only.`;
}
