import { Compile } from 'typebox/compile';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import { checkSeed } from './check_seed.ts';
import { type Seed, seedSchema } from './seed_schema.ts';

const MOST_PROBLEMS = 20;

/** What TypeBox says of one value that does not fit. */
interface SchemaError {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
}

/**
 * Reads a seed: its form first, then what its parts say of each other.
 * @param input parsed JSON
 * @throws GatehouseError `validation`, with the JSON path of each wrong value and what would be right
 */
export function readSeed(input: unknown): Seed {
  const schema = Compile(seedSchema);
  if (!schema.Check(input)) refuse(formProblems(schema.Errors(input) as unknown as SchemaError[], input));
  const seed = input as Seed;
  refuse(checkSeed(seed));
  return seed;
}

/** @throws GatehouseError `validation` when there is a problem */
export function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  const fields = problems.slice(0, MOST_PROBLEMS);
  const rest = problems.length - fields.length;
  const message = `The seed has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}${rest > 0 ? `, of which these are the first ${MOST_PROBLEMS}` : ''}.`;
  throw new GatehouseError('validation', message, { fields });
}

function formProblems(errors: readonly SchemaError[], input: unknown): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  const add = (path: string, message: string) => {
    const field = jsonPath(path);
    if (!problems.has(field)) problems.set(field, { field, message });
  };
  for (const error of errors) {
    const { instancePath: path, params } = error;
    if (error.keyword === 'required')
      for (const name of params.requiredProperties as string[]) add(`${path}/${name}`, missing(error, name));
    else if (error.keyword === 'additionalProperties')
      for (const name of params.additionalProperties as string[])
        add(`${path}/${name}`, unknownKey(error, name));
    // `boolean` repeats what `additionalProperties` says, and alternatives are told by their `anyOf`.
    else if (error.keyword !== 'boolean' && !/\/anyOf\//.test(error.schemaPath))
      add(path, wrongValue(error, show(valueAt(input, path), path)));
  }
  return [...problems.values()];
}

function missing(error: SchemaError, name: string): string {
  const described = describedAs(propertiesAt(error.schemaPath)[name]);
  return `is missing.${described}`;
}

function unknownKey(error: SchemaError, name: string): string {
  const known = Object.keys(propertiesAt(error.schemaPath));
  return `is not a key here. Keys: ${known.join(', ')}.${nearest(name, known)}`;
}

function wrongValue({ keyword, params, schemaPath, message }: SchemaError, shown: string): string {
  const about = describedAs(schemaAt(schemaPath));
  switch (keyword) {
    case 'type':
      return `is ${shown}; it should be ${article(String(params.type))}.${about}`;
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map((one) => JSON.stringify(one));
      return `is ${shown}; it should be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`;
    }
    case 'minimum':
      return `is ${shown}; it should be at least ${params.limit}.${about}`;
    case 'maximum':
      return `is ${shown}; it should be at most ${params.limit}.${about}`;
    case 'minLength':
      return `is ${shown}; it should have at least ${params.limit} characters.${about}`;
    case 'maxLength':
      return `is ${shown}; it should have at most ${params.limit} characters.`;
    case 'minItems':
      return `is empty; it should have at least ${params.limit}.`;
    case 'maxItems':
      return `is too long; it may have ${params.limit} at most.`;
    case 'pattern':
      return `is ${shown}, which has not the right form.${about}`;
    default:
      return `is ${shown}: it ${message}.${about}`;
  }
}

type SchemaNode = Record<string, unknown>;

/** The part of the schema that an error names, such as `#/properties/organizations/items`. */
function schemaAt(path: string): SchemaNode {
  let node: unknown = seedSchema;
  for (const part of path.split('/').slice(1)) node = (node as SchemaNode | undefined)?.[unescapePart(part)];
  return (node ?? {}) as SchemaNode;
}

function propertiesAt(path: string): Record<string, SchemaNode> {
  return (schemaAt(path).properties ?? {}) as Record<string, SchemaNode>;
}

function describedAs(node: SchemaNode | undefined): string {
  return typeof node?.description === 'string' ? ` ${node.description}` : '';
}

function valueAt(input: unknown, path: string): unknown {
  let value = input;
  for (const part of path.split('/').slice(1))
    value = (value as SchemaNode | undefined)?.[unescapePart(part)];
  return value;
}

/** `/organizations/0/accounts/1/email` → `organizations[0].accounts[1].email` */
function jsonPath(path: string): string {
  const name = path
    .split('/')
    .slice(1)
    .map(unescapePart)
    .reduce(
      (whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : whole ? `${whole}.${part}` : part),
      '',
    );
  return name || 'the seed';
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

const SECRET = /\/(password|clientSecret|token)$/;

/** Secrets do not belong on screens and in logs, and long values help nobody: they are named, not shown. */
function show(value: unknown, path: string): string {
  if (SECRET.test(path)) return typeof value === 'string' ? 'a text that is not shown here' : typeof value;
  if (Array.isArray(value)) return 'an array';
  if (value !== null && typeof value === 'object') return 'an object';
  const shown = JSON.stringify(value) ?? 'nothing';
  return shown.length > 80 ? `a text of ${(value as string).length} characters` : shown;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** `clientID` for `clientId`, `licenceId` for `license_id`. */
function nearest(name: string, known: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const found =
    known.find((candidate) => plain(candidate) === plain(name)) ??
    known.find((candidate) => distance(plain(candidate), plain(name)) <= 2);
  return found ? ` Did you mean ${found}?` : '';
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
