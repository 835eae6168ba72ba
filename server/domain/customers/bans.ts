import { days } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { normalAddress } from '../../kernel/ip_address.ts';
import { announceVisitors } from '../announcements.ts';
import type { AgentActor } from '../chats/actors.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import { writeClosing } from '../chats/close_thread.ts';
import type { Customer } from '../chats/customer.ts';
import { closedByBan } from '../chats/system_messages.ts';
import type { Actor } from '../identity/records.ts';
import { needPlanRoom } from '../license/plans.ts';
import { type Ban, banEnd, bannedAddress, MOST_BANS } from './ban.ts';
import type { BanDoor } from './ban_door.ts';
import { type CustomerDeps, customerNotFound } from './customer_deps.ts';

/** Who bans or lifts a ban, and where their request came from. */
export interface BanEditor extends Pick<AgentActor, 'licenseId' | 'agentId'> {
  /** Null for a bot. */
  accountId: string | null;
  actor: Actor;
}

export interface Bans {
  /**
   * Keeps a customer out for some days, and whoever comes from the address they were last seen at; their open
   * thread is closed. A banned customer who is banned again is out until the later of both ends.
   * @throws GatehouseError `not_found`, `validation`, `limit_reached`
   */
  ban(editor: BanEditor, customerId: string, length: number): Promise<void>;
  /** Lifts the ban of a customer, or all that cover an address. @throws GatehouseError `not_found` */
  unban(editor: BanEditor, whose: { customerId: string } | { ip: string }): Promise<void>;
  /** Those in force, the newest first. @param page.before the key of the last ban of the page before */
  list(licenseId: number, page: { before?: number | undefined; limit: number }): Promise<Ban[]>;
}

/** Bans that have long been over are cleared away with the next one. */
const KEPT = days(30);

export function customerBans(deps: CustomerDeps, door: BanDoor): Bans {
  const { storage, clock, identifiers, people, audit } = deps;
  const { plan = {} } = deps.settings;
  return {
    async ban(editor, customerId, length) {
      const { licenseId, agentId, accountId, actor } = editor;
      const expiresAt = banEnd(length, clock.now());
      const agent = await people.agent(licenseId, agentId);
      await storage.write(async (stores) => {
        const chats = stores.chats(licenseId);
        const bans = stores.visitors(licenseId);
        const customer = await chats.lockCustomer(customerId);
        if (!customer) throw customerNotFound();
        const now = clock.now();
        const earlier = await bans.banOf(customerId);
        const isNew = (earlier?.expiresAt ?? 0) <= now;
        if (isNew && (await bans.countBansInForce(now)) >= MOST_BANS)
          throw new GatehouseError(
            'limit_reached',
            `${MOST_BANS} customers are banned, and that is as many as can be at a time. Lift a ban first.`,
          );
        if (isNew) needPlanRoom(plan, 'banned', (await bans.countBansInForce(now)) + 1);
        const threadId = await closeOpenThread(chats, customer, agent?.name ?? agentId, length, now);
        const ban: Ban = {
          key: identifiers.key(),
          customerId,
          ip: bannedAddress(customer) ?? earlier?.ip ?? null,
          agentId,
          threadId: threadId ?? earlier?.threadId ?? null,
          createdAt: now,
          expiresAt: Math.max(expiresAt, earlier?.expiresAt ?? 0),
        };
        await bans.clearBans(now - KEPT);
        await bans.setBan(ban);
        await audit(stores, actor, 'customer.banned', {
          licenseId,
          accountId,
          detail: { customer_id: customerId, days: length },
        });
        await announceVisitors(stores, licenseId);
      });
      door.forget(licenseId);
    },

    async unban({ licenseId, accountId, actor }, whose) {
      await storage.write(async (stores) => {
        const lifted = await stores
          .visitors(licenseId)
          .liftBans('ip' in whose ? { ip: normalAddress(whose.ip) } : whose);
        const inForce = lifted.filter(({ expiresAt }) => expiresAt > clock.now());
        if (inForce.length === 0)
          throw new GatehouseError(
            'not_found',
            'ip' in whose ? 'No ban covers this address.' : 'This customer is not banned.',
          );
        for (const { customerId } of inForce)
          await audit(stores, actor, 'customer.unbanned', {
            licenseId,
            accountId,
            detail: { customer_id: customerId },
          });
        await announceVisitors(stores, licenseId);
      });
      door.forget(licenseId);
    },

    list: (licenseId, page) => storage.read.visitors(licenseId).bansInForce(clock.now(), page),
  };
}

/** @returns the thread that was open */
async function closeOpenThread(
  store: ChatStore,
  customer: Customer,
  agentName: string,
  length: number,
  now: number,
): Promise<string | undefined> {
  const chat = customer.chatId === null ? undefined : await store.lockChat(customer.chatId);
  const thread = chat?.active && chat.lastThreadId ? await store.thread(chat.lastThreadId) : undefined;
  if (!chat || !thread?.active) return undefined;
  const duration = length === 1 ? '1 day' : `${length} days`;
  await writeClosing(store, { chat, thread }, closedByBan(agentName, duration), now);
  return thread.id;
}
