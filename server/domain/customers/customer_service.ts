import { isUuid } from '../../kernel/identifiers.ts';
import type { ChatWithContext } from '../chats/chat_store.ts';
import type { Customer } from '../chats/customer.ts';
import { type BanDoor, banDoor } from './ban_door.ts';
import { type Bans, customerBans } from './bans.ts';
import { customerNotFound } from './customer_deps.ts';
import {
  type EmailVerificationDeps,
  type EmailVerifications,
  emailVerifications,
} from './email_verification.ts';
import { type GroupAvailability, groupAvailability } from './group_availability.ts';
import { predictedAgent } from './predicted_agent.ts';
import { type UpdateCustomer, updateCustomer } from './update_customer.ts';
import { urlInfo } from './url_info.ts';

/** A customer, with their chat if they have one. */
export interface CustomerView {
  customer: Customer;
  chat: ChatWithContext | undefined;
}

/** The people who visit an organization's pages: their profiles, and who of them is kept out. */
export interface CustomerService {
  /** @throws GatehouseError `not_found`, the same for a customer of another organization */
  get(licenseId: number, customerId: string): Promise<CustomerView>;
  /** Undefined where there is no such organization. */
  licenseOf(organizationId: string): Promise<number | undefined>;
  update: UpdateCustomer;
  bans: Bans;
  door: BanDoor;
  availability: GroupAvailability;
  predictedAgent: ReturnType<typeof predictedAgent>;
  urlInfo: ReturnType<typeof urlInfo>;
  verifications: EmailVerifications;
}

export function createCustomerService(deps: Omit<EmailVerificationDeps, 'licenseOf'>): CustomerService {
  const { storage } = deps;
  const door = banDoor(deps);
  const availability = groupAvailability(deps);
  const licenseOf: CustomerService['licenseOf'] = async (organizationId) =>
    isUuid(organizationId)
      ? (await storage.read.identity.organizationById(organizationId))?.licenseId
      : undefined;
  return {
    async get(licenseId, customerId) {
      const store = storage.read.chats(licenseId);
      const customer = await store.customer(customerId);
      if (!customer) throw customerNotFound();
      return { customer, chat: customer.chatId === null ? undefined : await store.chat(customer.chatId) };
    },
    licenseOf,
    update: updateCustomer(deps),
    bans: customerBans(deps, door),
    door,
    availability,
    predictedAgent: predictedAgent({ ...deps, availability }),
    urlInfo: urlInfo(deps),
    verifications: emailVerifications({ ...deps, licenseOf }),
  };
}
