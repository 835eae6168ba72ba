import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../server/app/cli/run_command.ts';

const MAIN = fileURLToPath(new URL('../../server/app/main.ts', import.meta.url));

export interface CommandResult {
  code: number | null;
  /** What it printed to standard output. */
  printed: string;
  /** What it said to standard error. */
  noted: string;
}

/** Runs a command in this process, as the command line does in one of its own. */
export async function gatehouse(...argv: string[]): Promise<CommandResult> {
  const [name = '', ...rest] = argv;
  const printed: string[] = [];
  const noted: string[] = [];
  const output = { print: (text: string) => printed.push(text), note: (text: string) => noted.push(text) };
  const umask = process.umask();
  const code = await runCommand(name, rest, {}, output);
  process.umask(umask);
  return { code, printed: printed.join('\n'), noted: noted.join('\n') };
}

/** Runs a command in a process of its own. */
export function spawnGatehouse(...argv: string[]): Promise<CommandResult> {
  return startGatehouse(...argv).result;
}

/** Begins a command in a process of its own, which can be killed before its result. */
export function startGatehouse(...argv: string[]): { process: ChildProcess; result: Promise<CommandResult> } {
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv], { env });
  const result: CommandResult = { code: null, printed: '', noted: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.noted += text;
  });
  const closed = once(child, 'close').then(([code]) => ({ ...result, code: code as number | null }));
  return { process: child, result: closed };
}
