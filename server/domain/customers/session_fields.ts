import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import { textProblem } from './field_rules.ts';

/** Values that a page keeps with a customer, in order. */
export type SessionFields = Record<string, string>[];

/** Docs: customer-chat-api#set-customer-session-fields. */
export const MOST_SESSION_FIELDS = 100;
const LONGEST_KEY = 255;
const LONGEST_VALUE = 4096;

/**
 * Brings session fields into one form: an object for each key, in the order in which they came; of a key that
 * comes twice the last value counts, at the first one's place.
 * @param problems gathers what is wrong
 */
export function readSessionFields(
  input: SessionFields,
  field: string,
  problems: FieldProblem[],
): SessionFields {
  const values = new Map<string, string>();
  for (const [index, item] of input.entries()) {
    const entries = Object.entries(item);
    if (entries.length === 0)
      problems.push({ field: `${field}[${index}]`, message: 'is empty: {"<key>": "<value>"} is expected.' });
    for (const [key, value] of entries) {
      const path = `${field}[${index}].${key.slice(0, 40)}`;
      const problem = key === '' ? 'has no name.' : textProblem(key, LONGEST_KEY);
      if (problem) problems.push({ field: path, message: problem });
      const valueProblem = textProblem(value, LONGEST_VALUE);
      if (valueProblem) problems.push({ field: path, message: valueProblem });
      values.set(key, value);
    }
  }
  if (values.size > MOST_SESSION_FIELDS)
    problems.push({
      field,
      message: `has ${values.size} keys; at most ${MOST_SESSION_FIELDS} are kept.`,
    });
  return [...values].map(([key, value]) => ({ [key]: value }));
}

/**
 * Session fields laid over earlier ones: known keys keep their place, new ones follow, an empty value takes its
 * key away.
 * @throws GatehouseError `limit_reached`
 */
export function mergeSessionFields(before: SessionFields, added: SessionFields): SessionFields {
  const values = new Map(before.flatMap((item) => Object.entries(item)));
  for (const item of added) for (const [key, value] of Object.entries(item)) values.set(key, value);
  const kept = [...values].filter(([, value]) => value !== '');
  if (kept.length > MOST_SESSION_FIELDS)
    throw new GatehouseError(
      'limit_reached',
      `The customer would have ${kept.length} session fields; at most ${MOST_SESSION_FIELDS} are kept. An empty value takes one away.`,
    );
  return kept.map(([key, value]) => ({ [key]: value }));
}
