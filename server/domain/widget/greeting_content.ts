import type { FieldProblem } from '../../kernel/errors.ts';
import { isWebAddress } from '../chats/rich_message_rules.ts';
import { textProblem } from '../customers/field_rules.ts';
import type { Greeting } from './greeting.ts';
import { languageOf, phrasesOf, type WidgetContent } from './widget_content.ts';

/** Docs: configuration-api#create-greeting, note 3. */
export const greetingProperties = [
  'addon',
  'is_exit_intent',
  'greeting-message_text',
  'greeting-message_json_key',
  'greeting-message_phrase_key',
] as const;

const LONGEST_PROPERTY = 4096;
const LONGEST_TEXT = 16_384;

/** What is wrong with what a greeting says: texts that are too long, addresses that a page must not open. */
export function contentProblems({
  properties,
  richMessage,
}: Pick<Greeting, 'properties' | 'richMessage'>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };
  for (const [name, value] of Object.entries(properties))
    if (typeof value === 'string')
      say(
        `properties.${name}`,
        textProblem(value, name === 'greeting-message_text' ? LONGEST_TEXT : LONGEST_PROPERTY),
      );
  for (const [at, element] of (richMessage?.elements ?? []).entries()) {
    const field = `rich_message.elements[${at}]`;
    for (const name of ['title', 'subtitle'] as const) {
      const text = element[name];
      say(`${field}.${name}`, text === undefined ? undefined : textProblem(text, LONGEST_TEXT));
    }
    if (element.image && !isWebAddress(element.image.url))
      say(`${field}.image.url`, 'must be an http or https address.');
    for (const [index, { type, value }] of (element.buttons ?? []).entries())
      if ((type === 'url' || type === 'webview') && value !== undefined && !isWebAddress(value))
        say(`${field}.buttons[${index}].value`, 'must be an http or https address.');
  }
  return problems;
}

/** The words of a greeting that is no rich message: its own, or a phrase in the language of its group. */
export function greetingText(content: WidgetContent, { properties, groupId }: Greeting): string | undefined {
  const own = properties['greeting-message_text'];
  if (typeof own === 'string' && own !== '') return own;
  const key = properties['greeting-message_phrase_key'];
  if (typeof key !== 'string') return undefined;
  const phrases = phrasesOf(content, groupId, languageOf(content, groupId));
  return Object.hasOwn(phrases, key) ? phrases[key] : undefined;
}
