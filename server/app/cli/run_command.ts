import { isGatehouseError } from '../../kernel/errors.ts';
import { UnusableDatabaseError } from '../../storage/engine/unusable_database.ts';
import { ConfigError } from '../config.ts';
import { startProblem } from '../start_problem.ts';
import { account } from './account.ts';
import { app } from './app.ts';
import { backup } from './backup.ts';
import { type Command, CommandError, EXIT, type Output, readCall } from './command.ts';
import { doctor } from './doctor.ts';
import { endSessions } from './end_sessions.ts';
import { migrateData } from './migrate_data.ts';
import { restore } from './restore.ts';
import { version } from './version.ts';

export const commands: readonly Command[] = [
  backup,
  restore,
  doctor,
  migrateData,
  account,
  app,
  endSessions,
  version,
];

const terminal: Output = {
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/**
 * Runs one command of an operator, and says in a sentence what went wrong.
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly
 */
export async function runCommand(
  name: string,
  argumentsGiven: readonly string[],
  environment: Record<string, string | undefined>,
  output: Output = terminal,
): Promise<number> {
  if (name === 'help') {
    const about = commands.find((command) => command.name === argumentsGiven[0]);
    output.print(about ? commandHelp(about) : overview());
    return EXIT.done;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    output.note(`There is no command "${name}". \`gatehouse help\` lists them.`);
    return EXIT.misused;
  }
  if (argumentsGiven.includes('--help') || argumentsGiven.includes('-h')) {
    output.print(commandHelp(command));
    return EXIT.done;
  }
  // A pager that was closed, or `| head`, is no failure.
  if (output === terminal) process.stdout.on('error', () => {});
  // What is written holds people's data and secrets.
  process.umask(0o077);
  try {
    return await command.run(readCall(command, argumentsGiven, environment, output));
  } catch (error) {
    const [words, code] = explain(error);
    output.note(words);
    return code;
  }
}

function explain(error: unknown): [string, number] {
  if (error instanceof CommandError) return [error.message, error.exitCode];
  if (error instanceof ConfigError) return [error.message, EXIT.misused];
  if (error instanceof UnusableDatabaseError) return [error.message, EXIT.failed];
  if (isGatehouseError(error))
    return [error.cause === undefined ? error.message : startProblem(error.cause), EXIT.failed];
  const { code, path, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
      return ['The disk is full. Nothing was changed.', EXIT.failed];
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return [`${path ?? message} may not be written by this user (${code}).`, EXIT.failed];
    case 'ENOENT':
      return [`${path ?? message} does not exist.`, EXIT.failed];
  }
  return [startProblem(error), EXIT.failed];
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 3;
  return [
    'Gatehouse: a live-chat platform that you run yourself.',
    '',
    'Usage: gatehouse <command> [options]',
    '',
    `  ${'start'.padEnd(width)}Starts the server (also: npm start).`,
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '`gatehouse <command> --help` tells more. Each takes the settings of the server too, from the environment',
    'or as flags, such as --data-dir; `gatehouse start --help` lists those.',
    '',
    'Exit codes: 0 done, 1 failed, 2 called wrongly.',
  ].join('\n');
}

function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, description }]) => {
    const usage = `--${name}${value === undefined ? '' : ` ${value}`}`;
    return `  ${usage.padEnd(24)}${description}`;
  });
  return [
    `Usage: gatehouse ${command.name}${command.operands === undefined ? '' : ` ${command.operands}`} [options]`,
    '',
    command.summary,
    '',
    ...command.details,
    ...(options.length > 0 ? ['', ...options] : []),
    '',
    'The settings of the server (--data-dir, --database-url, …) are taken too: `gatehouse start --help`.',
  ].join('\n');
}
