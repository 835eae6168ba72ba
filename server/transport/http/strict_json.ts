import { GatehouseError } from '../../kernel/errors.ts';

const DEEPEST = 32;
const MOST_KEYS = 20_000;

/**
 * Parses JSON, and refuses what JSON.parse lets pass: a key that stands twice in one object (which of the
 * two counts is anybody's guess), `__proto__`, and nesting or key counts that no request needs.
 * @throws GatehouseError `validation`, saying where
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new GatehouseError(
      'validation',
      `The body is not valid JSON: ${positionOf(text, error as Error)}.`,
    );
  }
  inspectKeys(text);
  return value;
}

/** One pass over text that is known to be JSON. */
function inspectKeys(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let keys = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 0x7b || character === 0x5b) {
      open.push(character === 0x7b ? new Set() : undefined);
      if (open.length > DEEPEST)
        throw new GatehouseError('validation', `The body is nested deeper than ${DEEPEST} levels.`);
    } else if (character === 0x7d || character === 0x5d) {
      open.pop();
    } else if (character === 0x22) {
      const end = endOfString(text, index);
      const seen = open.at(-1);
      if (seen && isKey(text, end)) {
        const key = JSON.parse(text.slice(index, end + 1)) as string;
        keys += 1;
        refuseKey(key, seen, keys);
        seen.add(key);
      }
      index = end;
    }
  }
}

function refuseKey(key: string, seen: Set<string>, keys: number): void {
  if (keys > MOST_KEYS) throw new GatehouseError('validation', `The body has more than ${MOST_KEYS} keys.`);
  if (key === '__proto__') throw new GatehouseError('validation', 'The key "__proto__" is not taken.');
  if (seen.has(key))
    throw new GatehouseError(
      'validation',
      `"${key.slice(0, 64)}" stands twice in the same object. Send it once.`,
      {
        fields: [{ field: key.slice(0, 64), message: 'Sent more than once.' }],
      },
    );
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text.charCodeAt(index) !== 0x22) index += text.charCodeAt(index) === 0x5c ? 2 : 1;
  return index;
}

/** A string is a key when a colon follows it. */
function isKey(text: string, end: number): boolean {
  let index = end + 1;
  while (index < text.length && text.charCodeAt(index) <= 0x20) index++;
  return text.charCodeAt(index) === 0x3a;
}

function positionOf(text: string, error: Error): string {
  if (text.trim() === '') return 'it is empty';
  const position = /position (\d+)/.exec(error.message)?.[1];
  if (position === undefined) return 'it ends too early, or a quotation mark or bracket is missing';
  const before = text.slice(0, Number(position));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return `something is wrong at line ${line}, column ${column}`;
}
