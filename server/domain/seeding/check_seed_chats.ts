import { type FieldProblem, isGatehouseError } from '../../kernel/errors.ts';
import { parseTimestamp } from '../../kernel/timestamp.ts';
import type { Properties } from '../../wire/properties.ts';
import { readEvent } from '../chats/event_rules.ts';
import { emailProblem } from '../identity/profile_rules.ts';
import type { PropertyLocation } from '../properties/definition.ts';
import { importProblems } from '../properties/imported_properties.ts';
import { readProperties } from '../properties/property_rules.ts';
import { SAMPLE_PREFIX } from './sample_chats.ts';
import { accountOf, customerOf, isGroup, noAccount, noGroup, unique } from './seed_references.ts';
import type { SeedChat, SeedEvent, SeedOrganization, SeedThread } from './seed_schema.ts';

/** Customers and chats of one organization of a seed. */
export function checkSeedChats(organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const ids = new Map<string, string>();
  const emails = new Map<string, string>();
  organization.customers?.forEach((customer, index) => {
    const at = `${path}.customers[${index}]`;
    unique(ids, customer.id, `${at}.id`, problems);
    unique(emails, customer.email?.toLowerCase(), `${at}.email`, problems);
    if (customer.id === undefined && customer.email === undefined && customer.name === undefined)
      problems.push({ field: at, message: 'is nobody yet: give it an id, an email or a name.' });
    const wrong = customer.email === undefined ? undefined : emailProblem(customer.email);
    if (wrong)
      problems.push({
        field: `${at}.email`,
        message: `is ${JSON.stringify(customer.email)}. ${wrong.message}`,
      });
    customer.session_fields?.forEach((entry, place) => {
      if (Object.keys(entry).length !== 1)
        problems.push({
          field: `${at}.session_fields[${place}]`,
          message: 'should be an object with one key.',
        });
    });
  });
  const names = new Map<string, string>();
  const chatting = new Map<string, string>();
  organization.chats?.forEach((chat, index) => {
    const at = `${path}.chats[${index}]`;
    unique(names, chat.id, `${at}.id`, problems);
    if (chat.customer !== undefined)
      unique(chatting, chat.customer.toLowerCase(), `${at}.customer`, problems);
    problems.push(...checkChat(chat, organization, at));
  });
  return problems;
}

function checkChat(chat: SeedChat, organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (chat.id.startsWith(SAMPLE_PREFIX))
    problems.push({
      field: `${path}.id`,
      message: `begins with "${SAMPLE_PREFIX}", as the ids of sample_chats do; choose another.`,
    });
  if (chat.customer !== undefined && !customerOf(organization, chat.customer))
    problems.push({
      field: `${path}.customer`,
      message: `is ${JSON.stringify(chat.customer)}; it should be the id or the e-mail of one of the organization's customers.`,
    });
  checkGroups(chat.groups, `${path}.groups`);
  checkAgents(chat.followers, `${path}.followers`);
  problems.push(...propertyProblems('chat', chat.properties, `${path}.properties`));
  const threads = chat.threads ?? [];
  threads.forEach((thread, index) => {
    const at = `${path}.threads[${index}]`;
    checkGroups(thread.groups, `${at}.groups`);
    checkAgents(thread.agents, `${at}.agents`);
    checkAgents(thread.closed_by === undefined ? [] : [thread.closed_by], `${at}.closed_by`);
    problems.push(
      ...propertyProblems('thread', thread.properties, `${at}.properties`),
      ...checkThread(thread, index === threads.length - 1, at),
    );
    thread.events?.forEach((event, place) => {
      problems.push(...checkEvent(event, chat, organization, `${at}.events[${place}]`));
    });
  });
  return problems;

  function checkGroups(groups: number[] | undefined, field: string): void {
    groups?.forEach((id, index) => {
      if (!isGroup(organization, id))
        problems.push({ field: `${field}[${index}]`, message: noGroup(organization, id) });
    });
  }

  function checkAgents(agents: string[] | undefined, field: string): void {
    for (const email of agents ?? [])
      if (!accountOf(organization, email)) problems.push({ field, message: noAccount(organization, email) });
  }
}

function checkThread(thread: SeedThread, isLast: boolean, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { created_at: createdAt } = thread;
  if (createdAt !== undefined && thread.minutes_ago !== undefined)
    problems.push({ field: `${path}.minutes_ago`, message: 'stands beside created_at; give one of them.' });
  if (createdAt !== undefined && parseTimestamp(createdAt) === undefined)
    problems.push({
      field: `${path}.created_at`,
      message: `is ${JSON.stringify(createdAt)}; it should be a moment such as 2026-01-31T07:11:28Z.`,
    });
  if (thread.open && !isLast)
    problems.push({
      field: `${path}.open`,
      message: 'is true, and only the last thread of a chat can be open.',
    });
  if (thread.open && thread.closed_by !== undefined)
    problems.push({ field: `${path}.closed_by`, message: 'is given, and the thread is open.' });
  return problems;
}

function checkEvent(
  event: SeedEvent,
  chat: SeedChat,
  organization: SeedOrganization,
  path: string,
): FieldProblem[] {
  const { author } = event;
  const problems: FieldProblem[] = [];
  if (author === 'customer' && chat.customer === undefined)
    problems.push({ field: `${path}.author`, message: 'is "customer", and the chat has none.' });
  if (author !== 'customer' && author !== 'system' && !accountOf(organization, author))
    problems.push({
      field: `${path}.author`,
      message: `"customer", "system" or an account: ${noAccount(organization, author)}`,
    });
  problems.push(
    ...said(() => readEvent({ ...event, type: typeOf(event) }, path)),
    ...importProblems('event', event.properties, `${path}.properties`),
  );
  return problems;
}

export function typeOf(event: SeedEvent): NonNullable<SeedEvent['type']> {
  return event.type ?? (event.author === 'system' ? 'system_message' : 'message');
}

/** The problems that a check of another module throws. */
function propertyProblems(
  location: PropertyLocation,
  properties: Properties | undefined,
  path: string,
): FieldProblem[] {
  const problems = said(() => readProperties(properties, path));
  return problems.length > 0 ? problems : importProblems(location, properties, path);
}

function said(check: () => unknown): FieldProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isGatehouseError(error) && error.code === 'validation') return error.fields;
    throw error;
  }
}
