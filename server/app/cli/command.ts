import { type Config, readConfig } from '../config.ts';
import { settings } from '../config_schema.ts';

/** Ends a command with a sentence instead of a stack. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a command's end means to a script. */
export const EXIT = { done: 0, failed: 1, misused: 2 } as const;

export interface CommandOption {
  /** How its value is called in the help; a switch has none. */
  value?: string;
  description: string;
}

export interface Command {
  name: string;
  summary: string;
  /** What follows the name, such as `<file>`. */
  operands?: string;
  /** Sentences for its help. */
  details: readonly string[];
  options: Readonly<Record<string, CommandOption>>;
  /** @returns the exit code */
  run(call: Call): Promise<number>;
}

/** Where a command speaks to. */
export interface Output {
  /** To standard output: what was asked for. */
  print(text: string): void;
  /** To standard error: what happens meanwhile. */
  note(text: string): void;
}

/** One call of a command, read. */
export interface Call extends Output {
  /** Read when it is asked for. @throws ConfigError */
  readonly config: Config;
  operands: readonly string[];
  /** The value of one of the command's own options. */
  value(name: string): string | undefined;
  has(name: string): boolean;
}

/**
 * Takes a command's own options and operands from the arguments; the rest are settings of the server, such as
 * `--data-dir`.
 * @throws CommandError
 */
export function readCall(
  command: Command,
  argumentsGiven: readonly string[],
  environment: Record<string, string | undefined>,
  output: Output,
): Call {
  const own = new Map<string, string>();
  const operands: string[] = [];
  const flags: string[] = [];
  const bySetting = new Map<string, boolean>(
    Object.values(settings).map((setting) => [
      setting.flag,
      'isSwitch' in setting && setting.isSwitch === true,
    ]),
  );
  for (let index = 0; index < argumentsGiven.length; index++) {
    const argument = argumentsGiven[index] ?? '';
    if (!argument.startsWith('--')) {
      operands.push(argument);
      continue;
    }
    const [, name = '', , inline] = /^--([^=]*)(=(.*))?$/s.exec(argument) ?? [];
    const option = command.options[name];
    if (!option && !bySetting.has(name))
      throw new CommandError(
        `gatehouse ${command.name} has no option --${name}. \`gatehouse ${command.name} --help\` lists them.`,
        EXIT.misused,
      );
    const isSwitch = option ? option.value === undefined : bySetting.get(name) === true;
    const value = inline ?? (isSwitch ? 'true' : argumentsGiven[++index]);
    if (value === undefined) throw new CommandError(`--${name} needs a value.`, EXIT.misused);
    if (option) own.set(name, value);
    else flags.push(`--${name}=${value}`);
  }
  let config: Config | undefined;
  return {
    get config() {
      config ??= readConfig(flags, environment);
      return config;
    },
    operands,
    value: (name) => own.get(name),
    has: (name) => own.has(name),
    ...output,
  };
}

/** @throws CommandError when there are not as many operands as the command has */
export function onlyOperand(call: Call, what: string): string {
  const [operand, ...more] = call.operands;
  if (operand === undefined || more.length > 0) throw new CommandError(`Name ${what}.`, EXIT.misused);
  return operand;
}
