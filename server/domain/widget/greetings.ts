import { GatehouseError } from '../../kernel/errors.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import type { CustomerStatistics } from '../chats/customer.ts';
import { customerGone, customerNotFound } from '../customers/customer_deps.ts';
import { textProblem } from '../customers/field_rules.ts';
import { needGroup } from '../customers/predicted_agent.ts';
import type { SessionFields } from '../customers/session_fields.ts';
import { type Greeting, hasButton, isShowable, type ShownGreeting } from './greeting.ts';
import { contentProblems } from './greeting_content.ts';
import { type GreetingPage, type ListGreetingsInput, listGreetings } from './greeting_list.ts';
import { type OfferedGreeting, offerGreeting } from './greeting_offer.ts';
import { ruleProblems } from './greeting_rules.ts';
import type { WidgetDeps, WidgetEditor } from './widget_service.ts';
import { type GreetingRange, MOST_GREETINGS } from './widget_store.ts';

/** A customer, of whichever side. */
export interface CustomerRef {
  licenseId: number;
  customerId: string;
}

export interface Greetings {
  /** @throws GatehouseError `validation`, `group_not_found`, `limit_reached`. @returns the id */
  create(editor: WidgetEditor, greeting: Omit<Greeting, 'id'>): Promise<number>;
  /** What is left out stays. @throws GatehouseError `greeting_not_found` beside those */
  update(editor: WidgetEditor, changes: GreetingChanges): Promise<void>;
  /** Those that were shown can still be accepted. @throws GatehouseError `greeting_not_found` */
  delete(editor: WidgetEditor, id: number): Promise<void>;
  get(licenseId: number, id: number): Promise<Greeting | undefined>;
  list(licenseId: number, page: GreetingRange & { limit: number }): Promise<Greeting[]>;
  /** A page with the number of all. @throws GatehouseError `validation`, `group_not_found` */
  page(licenseId: number, asked: ListGreetingsInput): Promise<GreetingPage>;

  /**
   * Shows a greeting to a customer; whoever pushes it to them does so afterwards.
   * @throws GatehouseError `not_found` for the customer, `greeting_not_found` also for one that is not active now
   */
  show(customer: CustomerRef, greetingId: number, agentId: string | null): Promise<ShownGreeting>;
  /**
   * Shows the customer a greeting of the group if their visit meets its rules, and tells whoever listens.
   * @param sessionFields what the page knows of them, beside what is kept
   * @returns undefined where none fits, they chat already, or nobody is there to answer
   */
  offer(
    customer: CustomerRef,
    groupId: number,
    sessionFields?: SessionFields,
  ): Promise<OfferedGreeting | undefined>;
  /** The customer saw it; told again it changes nothing. @throws GatehouseError `greeting_not_found` */
  accept(customer: CustomerRef, uniqueId: string, greetingId: number): Promise<void>;
  /** The customer put it away. @throws GatehouseError `greeting_not_found` */
  cancel(customer: CustomerRef, uniqueId: string): Promise<void>;
  /** @throws GatehouseError `greeting_not_found`, `validation` for a button that it does not have */
  click(customer: CustomerRef, uniqueId: string, buttonId: string): Promise<void>;
}

export type GreetingChanges = Partial<Omit<Greeting, 'id'>> & { id: number };

const LONGEST_NAME = 255;
/** Docs: limits, greeting rules. */
const MOST_RULES = 10;
/** Rules, properties and the message together, as JSON. */
const MOST_BYTES = 64 * 1024;

export function greetings(deps: WidgetDeps): Greetings {
  const { storage, clock, identifiers, people, change } = deps;

  function check(greeting: Omit<Greeting, 'id'>): void {
    const { name, rules, properties, richMessage, activeFrom, activeUntil } = greeting;
    const [wrong] = [...ruleProblems(rules), ...contentProblems(greeting)];
    const bytes = Buffer.byteLength(JSON.stringify([rules, properties, richMessage]));
    const problem =
      (name === '' ? 'name: is empty.' : undefined) ??
      withField('name', textProblem(name, LONGEST_NAME)) ??
      (rules.length > MOST_RULES
        ? `rules: ${rules.length}; at most ${MOST_RULES} are possible.`
        : undefined) ??
      (wrong && `${wrong.field}: ${wrong.message}`) ??
      (bytes > MOST_BYTES
        ? `rich_message: all is ${bytes} bytes of JSON; at most ${MOST_BYTES}.`
        : undefined) ??
      ((activeFrom ?? 0) >= (activeUntil ?? Number.POSITIVE_INFINITY)
        ? 'active_until: must be later than active_from.'
        : undefined);
    if (!problem) return;
    const [field = '', ...words] = problem.split(': ');
    throw new GatehouseError('validation', problem, { fields: [{ field, message: words.join(': ') }] });
  }

  /** Buttons without an id get one, by which a click is told. */
  function withButtonIds(greeting: Greeting): Greeting {
    const { richMessage } = greeting;
    if (!richMessage?.elements) return greeting;
    const elements = richMessage.elements.map((element) => ({
      ...element,
      ...(element.buttons
        ? { buttons: element.buttons.map((button) => ({ button_id: identifiers.chatId(), ...button })) }
        : {}),
    }));
    return { ...greeting, richMessage: { ...richMessage, elements } };
  }

  async function count(store: ChatStore, customerId: string, statistic: keyof CustomerStatistics) {
    const customer = await store.lockCustomer(customerId);
    if (!customer) return false;
    const { statistics } = customer;
    await store.saveCustomer({
      ...customer,
      statistics: { ...statistics, [statistic]: statistics[statistic] + 1 },
    });
    return true;
  }

  async function needShown({ licenseId, customerId }: CustomerRef, uniqueId: string): Promise<ShownGreeting> {
    const shown = await storage.read.visitors(licenseId).shownGreeting(customerId, uniqueId);
    if (shown) return shown;
    throw notFound('You were shown no greeting with this unique_id.');
  }

  function show(
    { licenseId, customerId }: CustomerRef,
    greetingId: number,
    agentId: string | null,
  ): Promise<ShownGreeting> {
    return storage.write(async (stores) => {
      const store = stores.visitors(licenseId);
      const now = clock.now();
      const greeting = await store.greeting(greetingId);
      if (!greeting || !isShowable(greeting, now))
        throw notFound('There is no greeting with this id that is active now.');
      if (!(await count(stores.chats(licenseId), customerId, 'greetingsShown'))) throw customerNotFound();
      const shown: ShownGreeting = {
        uniqueId: identifiers.chatId(),
        customerId,
        greetingId,
        agentId,
        shownAt: now,
        acceptedAt: null,
        canceledAt: null,
        clicks: [],
      };
      await store.addShownGreeting(shown);
      return shown;
    });
  }

  return {
    async create(editor, greeting) {
      await needGroup(people, editor.licenseId, greeting.groupId);
      check(greeting);
      return change(editor, { kind: 'greeting', name: greeting.name }, async (stores) => {
        const store = stores.visitors(editor.licenseId);
        if ((await store.countGreetings()) >= MOST_GREETINGS)
          throw new GatehouseError('limit_reached', `An organization can have ${MOST_GREETINGS} greetings.`);
        const id = await store.nextGreetingId();
        await store.putGreeting(withButtonIds({ ...greeting, id }), clock.now());
        return id;
      });
    },
    async update(editor, changes) {
      const { id, groupId } = changes;
      if (groupId !== undefined) await needGroup(people, editor.licenseId, groupId);
      await change(editor, { kind: 'greeting', id }, async (stores) => {
        const store = stores.visitors(editor.licenseId);
        const before = await store.greeting(id);
        if (!before) throw notFound('There is no greeting with this id.');
        const after = withButtonIds({ ...before, ...changes });
        check(after);
        await store.putGreeting(after, clock.now());
      });
    },
    async delete(editor, id) {
      await change(editor, { kind: 'greeting', id, removed: true }, async (stores) => {
        if (!(await stores.visitors(editor.licenseId).deleteGreeting(id, clock.now())))
          throw notFound('There is no greeting with this id.');
      });
    },
    get: (licenseId, id) => storage.read.visitors(licenseId).greeting(id),
    list: (licenseId, page) => storage.read.visitors(licenseId).greetings(page),
    page: listGreetings(deps),
    offer: offerGreeting(deps, show),

    show,
    async accept(customer, uniqueId, greetingId) {
      const { licenseId, customerId } = customer;
      const shown = await needShown(customer, uniqueId);
      if (shown.greetingId !== greetingId)
        throw notFound('The greeting of this unique_id has another greeting_id.');
      await storage.write(async (stores) => {
        if (!(await stores.visitors(licenseId).acceptShownGreeting(customerId, uniqueId, clock.now())))
          return;
        if (!(await count(stores.chats(licenseId), customerId, 'greetingsAccepted'))) throw customerGone();
      });
    },
    async cancel(customer, uniqueId) {
      const { licenseId, customerId } = customer;
      await needShown(customer, uniqueId);
      await storage.write((stores) =>
        stores.visitors(licenseId).cancelShownGreeting(customerId, uniqueId, clock.now()),
      );
    },
    async click(customer, uniqueId, buttonId) {
      const { licenseId, customerId } = customer;
      const { greetingId, clicks } = await needShown(customer, uniqueId);
      const greeting = await storage.read.visitors(licenseId).greeting(greetingId);
      if (greeting && !hasButton(greeting, buttonId)) {
        const message = 'The greeting has no button with this id.';
        throw new GatehouseError('validation', `button_id: ${message}`, {
          fields: [{ field: 'button_id', message }],
        });
      }
      // Of a greeting that was deleted meanwhile nobody knows the buttons any more.
      if (!greeting || clicks.includes(buttonId)) return;
      await storage.write((stores) =>
        stores.visitors(licenseId).setGreetingClicks(customerId, uniqueId, [...clicks, buttonId]),
      );
    },
  };
}

function withField(field: string, problem: string | undefined): string | undefined {
  return problem && `${field}: ${problem}`;
}

function notFound(message: string): GatehouseError {
  return new GatehouseError('greeting_not_found', message);
}
