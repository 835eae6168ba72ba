import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';

interface SchemaError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
}

const MOST_PROBLEMS = 10;

/**
 * Makes a check of a declared input: gives the input with defaults filled in, or says what is wrong with
 * which field. Compiled at first use, so that starting does not pay for methods that nobody calls.
 * @throws GatehouseError `validation`
 */
export function validator<S extends TSchema>(schema: S): (input: unknown) => Static<S> {
  let compiled: ReturnType<typeof Compile<S>> | undefined;
  let hasDefaults = false;
  return (input) => {
    if (!compiled) {
      compiled = Compile(schema);
      hasDefaults = JSON.stringify(schema).includes('"default":');
    }
    // Looking for defaults takes longer than the check itself.
    const filled = hasDefaults ? compiled.Default(input) : input;
    if (compiled.Check(filled)) return filled as Static<S>;
    const fields = problems(compiled.Errors(filled) as unknown as SchemaError[], filled);
    const [first] = fields;
    const message = first
      ? `${first.field ? `\`${first.field}\`: ` : ''}${first.message}`
      : 'Wrong format of request';
    throw new GatehouseError('validation', message, { fields });
  };
}

function problems(errors: readonly SchemaError[], input: unknown): FieldProblem[] {
  const byField = new Map<string, FieldProblem>();
  for (const error of grouped(errors)) {
    for (const { path, message } of explain(error, errors, input)) {
      const field = fieldName(path);
      if (!byField.has(field)) byField.set(field, { field, message });
    }
    if (byField.size >= MOST_PROBLEMS) break;
  }
  return [...byField.values()];
}

/** Errors inside the alternatives of an `anyOf` are told by the `anyOf` itself. */
function grouped(errors: readonly SchemaError[]): SchemaError[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath);
  return errors.filter(
    (error) =>
      error.keyword === 'anyOf' ||
      !unions.some((path) => error.instancePath === path || error.instancePath.startsWith(`${path}/`)),
  );
}

function explain(
  error: SchemaError,
  all: readonly SchemaError[],
  input: unknown,
): { path: string; message: string }[] {
  const { instancePath: path, params } = error;
  const received = describe(valueAt(input, path));
  const one = (message: string) => [{ path, message }];
  switch (error.keyword) {
    case 'required':
      return (params.requiredProperties as string[]).map((name) => ({
        path: `${path}/${name}`,
        message: 'It is missing.',
      }));
    case 'additionalProperties':
      return ((params.additionalProperties as string[] | undefined) ?? []).map((name) => ({
        path: `${path}/${name}`,
        message: 'There is no such parameter.',
      }));
    case 'type':
      return one(`It should be ${article(params.type)}, and is ${received}.`);
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return one(`It is ${received}; it should be ${comparison(params)}.`);
    case 'minLength':
      return one(`It should have at least ${params.limit} ${plural(params.limit, 'character')}.`);
    case 'maxLength':
      return one(`It should have at most ${params.limit} characters.`);
    case 'minItems':
      return one(`It should have at least ${params.limit} ${plural(params.limit, 'item')}.`);
    case 'maxItems':
      return one(`It should have at most ${params.limit} items.`);
    case 'anyOf':
      return one(alternatives(path, all, received));
    case 'const':
      return one(`It should be ${JSON.stringify(params.allowedValue)}, and is ${received}.`);
    case 'enum': {
      const values = (params.allowedValues as unknown[]).map((value) => JSON.stringify(value));
      return one(`It should be one of ${values.join(', ')}, and is ${received}.`);
    }
    case 'pattern':
    case 'format':
      return one(`It does not have the right form: ${received}.`);
    default:
      return one(`It ${error.message}.`);
  }
}

/** "asc" or "desc", where the alternatives are constants; otherwise their types. */
function alternatives(path: string, all: readonly SchemaError[], received: string): string {
  const inside = all.filter((error) => error.instancePath === path);
  const constants = inside
    .filter((error) => error.keyword === 'const')
    .map((error) => JSON.stringify(error.params.allowedValue));
  const types = inside.filter((error) => error.keyword === 'type').map((error) => article(error.params.type));
  const options = [...new Set([...constants, ...types])];
  if (options.length === 0) return 'It has none of the forms that are taken here.';
  return `It should be ${options.length > 1 ? `${options.slice(0, -1).join(', ')} or ${options.at(-1)}` : options[0]}, and is ${received}.`;
}

function valueAt(input: unknown, path: string): unknown {
  let value = input;
  for (const part of path.split('/').slice(1))
    value =
      value !== null && typeof value === 'object'
        ? (value as Record<string, unknown>)[unescapePart(part)]
        : undefined;
  return value;
}

/** What came, short enough to show; texts are shown up to 60 characters. */
function describe(value: unknown): string {
  if (typeof value === 'string')
    return value.length > 60 ? `a text of ${value.length} characters` : JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (value === undefined) return 'missing';
  return Array.isArray(value) ? 'an array' : 'an object';
}

function article(type: unknown): string {
  const name = Array.isArray(type) ? type.join(' or ') : String(type);
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

function plural(count: unknown, word: string): string {
  return count === 1 ? word : `${word}s`;
}

function comparison(params: Record<string, unknown>): string {
  const words: Record<string, string> = {
    '>=': 'at least',
    '>': 'more than',
    '<=': 'at most',
    '<': 'less than',
  };
  return `${words[String(params.comparison)] ?? params.comparison} ${params.limit}`;
}

/** `/chat/users/0/id` → `chat.users[0].id` */
function fieldName(path: string): string {
  return path
    .split('/')
    .slice(1)
    .map(unescapePart)
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
