import type { Keyring } from '../../kernel/keyring.ts';
import type { AutoAccessService } from '../access/auto_access.ts';
import { announceVisitors } from '../announcements.ts';
import { createPageCursors, type PageCursors } from '../chats/page_cursor.ts';
import type { SignalBus } from '../chats/signals.ts';
import type { CustomerDeps } from '../customers/customer_deps.ts';
import type { GroupAvailability } from '../customers/group_availability.ts';
import type { predictedAgent } from '../customers/predicted_agent.ts';
import type { Actor } from '../identity/records.ts';
import type { PropertyValues } from '../properties/property_values.ts';
import { type RememberedByOrganization, rememberByOrganization } from '../remembered_by_organization.ts';
import type { Stores } from '../storage.ts';
import { type GoalChecks, goalChecks } from './goal_checks.ts';
import { type Greetings, greetings } from './greetings.ts';
import type { WidgetContent } from './widget_content.ts';
import { type WidgetEditing, widgetEditing } from './widget_editing.ts';
import { type WidgetReads, widgetReads } from './widget_reads.ts';
import { MOST_GREETINGS } from './widget_store.ts';

/** Who changes what the widget is made of, and where their request came from. */
export interface WidgetEditor {
  licenseId: number;
  /** Null for a bot. */
  accountId: string | null;
  actor: Actor;
}

/** What the parts of the widget service work with. */
export interface WidgetDeps extends CustomerDeps {
  availability: GroupAvailability;
  /** What everybody may see of properties. */
  properties: Pick<PropertyValues, 'openValues'>;
  predictedAgent: ReturnType<typeof predictedAgent>;
  autoAccess: Pick<AutoAccessService, 'groupsFor'>;
  content: RememberedByOrganization<WidgetContent>;
  signals: SignalBus;
  cursors: PageCursors;
  /** Runs a change in one unit of work, writes it down, and lets every server forget what it knew. */
  change<T>(
    editor: WidgetEditor,
    what: Record<string, unknown>,
    unit: (stores: Stores) => Promise<T>,
  ): Promise<T>;
}

/** Forms, settings, phrases, goals and greetings: what an organization's chat widget is made of. */
export interface WidgetService {
  reads: WidgetReads;
  editing: WidgetEditing;
  goals: GoalChecks;
  greetings: Greetings;
  forget(licenseId: number): void;
  forgetAll(): void;
}

export function createWidgetService(
  given: Omit<WidgetDeps, 'content' | 'change' | 'cursors'> & { keyring: Keyring },
): WidgetService {
  const { keyring, ...rest } = given;
  const deps = { ...rest, cursors: createPageCursors(keyring, rest.clock) };
  const { storage, audit } = deps;
  const content = rememberByOrganization<WidgetContent>(async (licenseId) => {
    const store = storage.read.visitors(licenseId);
    const greetings = await store.greetings({ limit: MOST_GREETINGS });
    return {
      documents: await store.documents(),
      goals: await store.goals(),
      greetings: greetings.filter(({ active }) => active),
    };
  }, deps);
  const shared: WidgetDeps = {
    ...deps,
    content,
    async change({ licenseId, accountId, actor }, what, unit) {
      const value = await storage.write(async (stores) => {
        // One after the other: ids are counted, and lists are bounded.
        await stores.people.lockOrganization(licenseId);
        const result = await unit(stores);
        await audit(stores, actor, 'widget.changed', { licenseId, accountId, detail: what });
        await announceVisitors(stores, licenseId);
        return result;
      });
      content.forget(licenseId);
      return value;
    },
  };
  return {
    reads: widgetReads(shared),
    editing: widgetEditing(shared),
    goals: goalChecks(shared),
    greetings: greetings(shared),
    forget: content.forget,
    forgetAll: content.forgetAll,
  };
}
