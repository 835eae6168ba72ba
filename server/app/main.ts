import { UnusableDatabaseError } from '../storage/engine/unusable_database.ts';
import { ConfigError, helpText, readConfig } from './config.ts';
import { walkText } from './demo/walk_text.ts';
import { startServer } from './start.ts';
import { startProblem } from './start_problem.ts';

/** Clients that are busy send their next request in this time, and hear that the server goes. */
const DRAIN_MILLISECONDS = 500;
/** Seconds that open requests are given to end before the process goes anyway. */
const DRAIN_SECONDS = 20;

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command !== undefined && command !== 'start' && !command.startsWith('-')) {
    // Loaded when it is wanted: most processes serve.
    const { runCommand } = await import('./cli/run_command.ts');
    process.exitCode = await runCommand(command, rest, process.env);
    return;
  }
  const flags = command === 'start' ? rest : process.argv.slice(2);
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
  if (server.authorityFile !== undefined) process.stderr.write(trustText(server.authorityFile));

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    process.stderr.write(`\n${signal}: finishing what has begun …\n`);
    setTimeout(() => process.exit(1), DRAIN_SECONDS * 1000).unref();
    await server.drain(DRAIN_MILLISECONDS);
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

/** What clients of this machine need in order to trust the certificate; nothing is installed for them. */
function trustText(authorityFile: string): string {
  return [
    `  The certificate is by this server's own authority: ${authorityFile}`,
    '',
    `    curl                export CURL_CA_BUNDLE='${authorityFile}'`,
    `    Node and its SDKs   export NODE_EXTRA_CA_CERTS='${authorityFile}'`,
    '    A browser           import the file among its authorities, or accept the warning',
    '',
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof UnusableDatabaseError)
    process.stderr.write(`\n${error.message}\n\n`);
  else process.stderr.write(`\nThe server could not start: ${startProblem(error)}\n\n`);
  process.exit(1);
});
