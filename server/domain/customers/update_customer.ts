import { isDeepStrictEqual } from 'node:util';
import type { Micros } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { AgentActor } from '../chats/actors.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import { type Customer, customerName } from '../chats/customer.ts';
import { customerChanged } from '../chats/system_messages.ts';
import { appendEvent } from '../chats/thread_rules.ts';
import type { Cause } from '../webhooks/cause.ts';
import { type CustomerInput, changeCustomer, readCustomerChanges } from './customer_changes.ts';
import { type CustomerDeps, customerGone, customerNotFound } from './customer_deps.ts';
import { type Sighting, seen } from './customer_visit.ts';
import { readSessionFields, type SessionFields } from './session_fields.ts';

/** A customer who speaks for themselves. */
export interface OwnCustomer {
  licenseId: number;
  customerId: string;
  sighting: Sighting;
  /** The app they call through. */
  clientId?: string | null;
}

/** Changes of customers' profiles. */
export interface UpdateCustomer {
  /** @throws GatehouseError `not_found`, `validation`, `limit_reached` */
  byAgent(
    agent: Pick<AgentActor, 'licenseId' | 'agentId' | 'clientId'>,
    customerId: string,
    input: CustomerInput,
  ): Promise<void>;
  /** @throws GatehouseError `validation`, `limit_reached` */
  own(customer: OwnCustomer, input: CustomerInput): Promise<void>;
  /** Puts these session fields in the place of all earlier ones. @throws GatehouseError `validation` */
  setSessionFields(customer: OwnCustomer, fields: SessionFields): Promise<void>;
}

export function updateCustomer(deps: CustomerDeps): UpdateCustomer {
  const { storage, clock, people } = deps;

  /** Holds the customer, changes them, and says so in their open chat. */
  function write(
    { licenseId, customerId }: { licenseId: number; customerId: string },
    change: (customer: Customer, now: Micros) => Customer,
    options: { missing(): GatehouseError; initiator: string | undefined; cause: Cause },
  ): Promise<void> {
    return storage.write(async (stores) => {
      const store = stores.chats(licenseId);
      const before = await store.lockCustomer(customerId);
      if (!before) throw options.missing();
      const now = clock.now();
      const after = change(before, now);
      if (isDeepStrictEqual(before, after)) return;
      await store.saveCustomer(after);
      await tell(store, before, after, options.initiator ?? customerName(before), now);
    }, options.cause);
  }

  return {
    async byAgent(by, customerId, input) {
      const { licenseId, agentId } = by;
      const changes = readCustomerChanges(input);
      const agent = await people.agent(licenseId, agentId);
      await write({ licenseId, customerId }, (customer) => changeCustomer(customer, changes), {
        missing: customerNotFound,
        initiator: agent?.name ?? agentId,
        cause: by,
      });
    },
    async own(customer, input) {
      const changes = readCustomerChanges(input);
      await write(customer, (before, now) => seen(changeCustomer(before, changes), customer.sighting, now), {
        missing: customerGone,
        initiator: undefined,
        cause: {
          licenseId: customer.licenseId,
          customerId: customer.customerId,
          clientId: customer.clientId ?? null,
        },
      });
    },
    async setSessionFields(customer, fields) {
      const problems: FieldProblem[] = [];
      const sessionFields = readSessionFields(fields, 'session_fields', problems);
      const [first] = problems;
      if (first)
        throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
      await write(customer, (before, now) => seen({ ...before, sessionFields }, customer.sighting, now), {
        missing: customerGone,
        initiator: undefined,
        cause: {
          licenseId: customer.licenseId,
          customerId: customer.customerId,
          clientId: customer.clientId ?? null,
        },
      });
    },
  };
}

/**
 * Agents who chat with the customer see that their name or e-mail is another
 * (docs: references/system-activities, customer_updated).
 */
async function tell(
  store: ChatStore,
  before: Customer,
  after: Customer,
  initiator: string,
  now: Micros,
): Promise<void> {
  if (after.chatId === null || (before.name === after.name && before.email === after.email)) return;
  const chat = await store.lockChat(after.chatId);
  const thread = chat?.active && chat.lastThreadId ? await store.thread(chat.lastThreadId) : undefined;
  if (!chat || !thread?.active) return;
  const words = customerChanged(initiator, customerName(after), after.email ?? '');
  const open = appendEvent(
    { chat, thread, added: [] },
    {
      type: 'system_message',
      customId: null,
      visibility: 'agents',
      properties: {},
      content: { ...words },
    },
    null,
    now,
  );
  await store.insertEvents(open.added);
  await store.saveThread(open.thread);
  await store.saveChat(open.chat, chat);
}
