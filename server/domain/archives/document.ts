import { createHash } from 'node:crypto';
import type { PropertyValue } from '../../wire/properties.ts';
import { type Chat, type ChatEvent, EVERYBODY, type Thread } from '../chats/chat.ts';
import type { Customer } from '../chats/customer.ts';
import type { AgentsById } from '../chats/people.ts';
import { wordsOf } from './words.ts';

/** What of a thread the archives are searched by: a thread with its chat, its people and all its events. */
export interface ArchivedThread {
  thread: Thread;
  chat: Chat;
  customer: Customer | undefined;
  events: ChatEvent[];
}

/**
 * Terms: what a thread is found by. A filter asks for terms, so that filters and words are one question to one
 * index. What is not a word is a hash, so that values of any length and any character are alike to the engines.
 */
export const term = {
  /** Every thread has it. */
  any: 'a',
  word: (word: string) => `w${[...word].map(encode).join('')}`,
  of: (kind: Kind, ...values: (PropertyValue | number)[]) =>
    values.length === 0 ? `h${digest([kind])}` : `h${digest([kind, ...values])}`,
};

export type Kind =
  | 'chat'
  | 'group'
  | 'agent'
  | 'agent_type'
  | 'tag'
  | 'sale'
  | 'goal'
  | 'event_type'
  | 'customer'
  | 'email'
  | 'country'
  | 'property'
  | 'form'
  | 'form_answer'
  | 'greeting'
  | 'response'
  | 'first_response'
  | 'response_group'
  | 'first_response_group';

/** ASCII as it is, everything else by its number: neither engine needs to know what a letter is. */
function encode(character: string): string {
  return /[a-z0-9]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}_`;
}

const digests = new Map<string, string>();

/** 80 bits; remembered, since most are of a few groups, agents and types. */
function digest(parts: unknown[]): string {
  const text = JSON.stringify(parts);
  let known = digests.get(text);
  if (!known) {
    known = createHash('sha256').update(text).digest('hex').slice(0, 20);
    if (digests.size > 10_000) digests.clear();
    digests.set(text, known);
  }
  return known;
}

/** What a thread is found by now. */
export function termsOf(archived: ArchivedThread, agents: AgentsById): Set<string> {
  const { thread, chat, customer, events } = archived;
  const terms = new Set<string>([term.any, term.of('chat', chat.id)]);
  const add = (kind: Kind, ...values: (PropertyValue | number)[]) => terms.add(term.of(kind, ...values));
  for (const group of thread.access) add('group', group);
  for (const tag of thread.tags) addOne(add, 'tag', tag);
  for (const id of thread.userIds) {
    if (id === chat.customerId) continue;
    addOne(add, 'agent', id);
    add('agent_type', agents.get(id)?.isBot ? 'chatbot' : 'human');
  }
  if (chat.customerId) add('customer', chat.customerId);
  if (customer?.email) add('email', customer.email.toLowerCase());
  for (const [namespace, values] of Object.entries(thread.properties))
    for (const [name, value] of Object.entries(values)) {
      add('property', namespace, name);
      add('property', namespace, name, value);
    }
  const living = events.filter((event) => event.deletedAt === null);
  for (const event of living) add('event_type', event.type);
  addForms(add, living);
  addResponses(add, archived, living);
  for (const word of wordsOfPeople(archived, agents)) terms.add(term.word(word));
  for (const event of living) for (const word of wordsOf(textOf(event))) terms.add(term.word(word));
  return terms;
}

type Add = (kind: Kind, ...values: (PropertyValue | number)[]) => void;

/** The value, and that there is one at all. */
function addOne(add: Add, kind: Kind, value: string): void {
  add(kind);
  add(kind, value);
}

function addForms(add: Add, events: readonly ChatEvent[]): void {
  for (const { type, content } of events) {
    if (type !== 'filled_form') continue;
    const form = String(content.form_type ?? '')
      .replace('prechat', 'pre_chat')
      .replace('postchat', 'post_chat');
    for (const kind of ['', form]) {
      add('form', kind);
      for (const answer of answersOf(content)) add('form_answer', kind, answer);
    }
  }
}

/** Ids of the answers that were chosen (docs: data-structures#filled-form). */
export function answersOf(content: Record<string, unknown>): string[] {
  const fields = Array.isArray(content.fields) ? (content.fields as Record<string, unknown>[]) : [];
  return fields.flatMap(({ answer, answers }) =>
    [answer, ...(Array.isArray(answers) ? answers : [])].flatMap((one: unknown) => {
      const id = one && typeof one === 'object' ? (one as { id?: unknown }).id : undefined;
      return typeof id === 'string' ? [id] : [];
    }),
  );
}

/** Who answered the customer, and in which group; the first to do so once more for itself. */
function addResponses(add: Add, { thread, chat }: ArchivedThread, events: readonly ChatEvent[]): void {
  const said = new Set(['message', 'file', 'rich_message']);
  const responses = events.filter(
    ({ authorId, type, visibility }) =>
      authorId !== null && authorId !== chat.customerId && visibility === 'all' && said.has(type),
  );
  for (const [index, { authorId }] of responses.entries()) {
    if (authorId === null) continue;
    addOne(add, 'response', authorId);
    if (index === 0) addOne(add, 'first_response', authorId);
  }
  if (responses.length === 0) return;
  for (const group of thread.access) {
    add('response_group', group);
    add('first_response_group', group);
  }
}

function wordsOfPeople({ thread, chat, customer }: ArchivedThread, agents: AgentsById): Set<string> {
  const names = [chat.id, thread.id, customer?.name, customer?.email];
  for (const id of thread.userIds) if (id !== chat.customerId) names.push(id, agents.get(id)?.name);
  return wordsOf(names.filter(Boolean).join(' '));
}

/** What people read of an event. Custom events are their apps' own. */
export function textOf({ type, content }: ChatEvent): string {
  const parts: unknown[] = [content.text, content.name, content.alternative_text];
  if (type === 'filled_form' && Array.isArray(content.fields))
    for (const field of content.fields as Record<string, unknown>[]) {
      const { answer, answers } = field;
      for (const one of [answer, ...(Array.isArray(answers) ? answers : [])])
        parts.push(typeof one === 'string' ? one : (one as { label?: unknown } | null | undefined)?.label);
    }
  if (type === 'rich_message' && Array.isArray(content.elements))
    for (const { title, subtitle } of content.elements as Record<string, unknown>[])
      parts.push(title, subtitle);
  return parts.filter((part) => typeof part === 'string').join(' ');
}

/** Groups that stand for the caller's own, for those who see no others. */
export function ownGroups(groupIds: readonly number[]): number[] {
  return [...new Set([EVERYBODY, ...groupIds])].sort((a, b) => a - b);
}
