import { ConfigError, helpText, readConfig } from './config.ts';
import { walkText } from './demo/walk_text.ts';
import { startServer } from './start.ts';

/** Seconds that open requests are given to end before the process goes anyway. */
const DRAIN_SECONDS = 20;

async function main(): Promise<void> {
  const flags = process.argv.slice(2);
  if (flags.includes('--help') || flags.includes('-h')) {
    process.stdout.write(helpText());
    return;
  }
  const config = readConfig(flags, process.env);
  // The database and the keys are the owner's alone.
  process.umask(0o077);
  const server = await startServer(config);
  const greeting = config.demo ? walkText(server.url) : welcomeText(server.url, config.development);
  process.stderr.write(greeting);

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    process.stderr.write(`\n${signal}: finishing what has begun …\n`);
    setTimeout(() => process.exit(1), DRAIN_SECONDS * 1000).unref();
    await server.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

function welcomeText(url: string, development: boolean): string {
  return [
    '',
    '  Gatehouse is running.',
    '',
    `    Sign up             ${url}/signup`,
    `    Developer Console   ${url}/console`,
    `    Docs                ${url}/docs`,
    ...(development ? [`    Mail (development)  ${url}/dev/mail`] : []),
    '',
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`\n${error.message}\n\n`);
  else process.stderr.write(`\nThe server could not start: ${describe(error)}\n\n`);
  process.exit(1);
});

/** What went wrong in words, where it is one of the things that happen to everybody. */
function describe(error: unknown): string {
  const { code, message, port, cause } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use. Choose another: npm start -- --port 8081`;
    case 'EACCES':
      return `port ${port} may not be used by this user. Choose one above 1023: --port 8080`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return `the database of DATABASE_URL does not answer (${code}). Is PostgreSQL running, and are its host and port right?`;
    case 'ERR_SQLITE_ERROR':
      return `the database file cannot be used: ${message}. DATA_DIR should be a folder that this user may write, with a database that is not damaged.`;
  }
  if (code !== undefined && /^(28|3D)/.test(code))
    return `PostgreSQL refused the connection: ${message}. Check the user, password and database name in DATABASE_URL.`;
  return cause instanceof Error ? `${message} (${cause.message})` : String((error as Error).stack ?? message);
}
