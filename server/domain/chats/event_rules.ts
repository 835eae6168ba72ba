import { GatehouseError } from '../../kernel/errors.ts';
import type { EventRequest, EventType, InitialEventRequest } from '../../wire/event.ts';
import type { Properties } from '../../wire/properties.ts';
import { NUL_MESSAGE, readProperties } from '../properties/property_rules.ts';
import type { Visibility } from './chat.ts';
import { need, type Problems, present } from './event_fields.ts';
import { readRichMessage } from './rich_message_rules.ts';

/** Raw text of a message: 16 KB of UTF-8 (docs: data-structures#message). */
export const TEXT_BYTES = 16 * 1024;
/** Anything else an event may carry, as JSON. */
export const CONTENT_BYTES = 64 * 1024;

/** An event that was checked and waits for its number, author and time. */
export interface EventDraft {
  type: EventType;
  customId: string | null;
  visibility: Visibility;
  properties: Properties;
  content: Record<string, unknown>;
}

type Content = Record<string, unknown>;

/**
 * Checks what an event of its type must carry and leaves away what belongs to another type.
 * @param field where the event stands in the request, for the error
 * @throws GatehouseError `validation`
 */
export function readEvent(input: EventRequest | InitialEventRequest, field: string): EventDraft {
  const problems: Problems = [];
  const content = readers[input.type](input, field, problems);
  if (hasNul(content)) problems.push({ field, message: NUL_MESSAGE });
  if (input.custom_id?.includes('\u0000'))
    problems.push({ field: `${field}.custom_id`, message: NUL_MESSAGE });
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (input.type !== 'message' && bytes > CONTENT_BYTES)
    problems.push({ field, message: `is ${bytes} bytes of JSON; at most ${CONTENT_BYTES} are kept.` });
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
  return {
    type: input.type,
    customId: input.custom_id ?? null,
    visibility: input.visibility ?? 'all',
    properties: readProperties(input.properties, `${field}.properties`),
    content,
  };
}

/** The same event once more: an author who repeats a custom id repeats the event only if it says the same. */
export function isRepeat(draft: EventDraft, stored: EventDraft): boolean {
  return (
    draft.customId === stored.customId &&
    draft.type === stored.type &&
    draft.visibility === stored.visibility &&
    JSON.stringify(draft.content) === JSON.stringify(stored.content)
  );
}

type Reader = (input: EventRequest, field: string, problems: Problems) => Content;

const readers: Record<EventRequest['type'], Reader> = {
  message(input, field, problems) {
    need(input.text, `${field}.text`, problems);
    limitText(input.text, `${field}.text`, problems);
    const { postback } = input;
    if (postback && (postback.type === undefined) !== (postback.value === undefined))
      problems.push({
        field: `${field}.postback`,
        message: 'type and value go together: give both or none.',
      });
    return present({ text: input.text, postback });
  },
  // Whether the address is right, and what is behind it, is looked up afterwards: see file_events.ts.
  file(input, field, problems) {
    need(input.url, `${field}.url`, problems);
    limitText(input.alternative_text, `${field}.alternative_text`, problems);
    return present({ url: input.url, alternative_text: input.alternative_text });
  },
  form(input, field, problems) {
    need(input.form_id, `${field}.form_id`, problems);
    need(input.fields, `${field}.fields`, problems);
    return present({ form_id: input.form_id, form_type: input.form_type, fields: input.fields });
  },
  filled_form(input, field, problems) {
    need(input.form_id, `${field}.form_id`, problems);
    need(input.fields, `${field}.fields`, problems);
    input.fields?.forEach((entry, index) => {
      if (entry.type !== 'header' && entry.answer === undefined && entry.answers === undefined)
        problems.push({ field: `${field}.fields[${index}]`, message: 'has no answer (nor answers).' });
    });
    return present({ form_id: input.form_id, form_type: input.form_type, fields: input.fields });
  },
  rich_message: readRichMessage,
  custom: (input) => present({ content: input.content }),
  system_message(input, field, problems) {
    need(input.system_message_type, `${field}.system_message_type`, problems);
    limitText(input.text, `${field}.text`, problems);
    return present({
      system_message_type: input.system_message_type,
      text: input.text,
      text_vars: input.text_vars,
    });
  },
};

function limitText(text: string | undefined, field: string, problems: Problems): void {
  const bytes = Buffer.byteLength(text ?? '');
  if (bytes > TEXT_BYTES)
    problems.push({
      field,
      message: `is ${bytes} bytes long; at most ${TEXT_BYTES} (16 KB of UTF-8). Send it as several messages.`,
    });
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, item]) => hasNul(key) || hasNul(item));
}
