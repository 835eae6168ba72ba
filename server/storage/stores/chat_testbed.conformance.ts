import assert from 'node:assert/strict';
import type { TestEngine } from '../../../test/support/databases.ts';
import type { AgentActor, CustomerActor, Reach } from '../../domain/chats/actors.ts';
import { type ChatService, createChatService } from '../../domain/chats/chat_service.ts';
import type { AgentProfile, PeopleDirectory } from '../../domain/chats/people.ts';
import type { Timeouts } from '../../domain/chats/routing/inactivity.ts';
import { type Signal, signalBus } from '../../domain/chats/signals.ts';
import { fileDirectory } from '../../domain/files/file_directory.ts';
import { auditLog } from '../../domain/identity/audit.ts';
import { propertyCatalogue } from '../../domain/properties/property_catalogue.ts';
import { createPropertyService, type PropertyService } from '../../domain/properties/property_service.ts';
import { adviseTag } from '../../domain/tags/tag_service.ts';
import { type MovableClock, movableClock } from '../../kernel/clock.ts';
import { type ErrorCode, isGatehouseError } from '../../kernel/errors.ts';
import { identifiers } from '../../kernel/identifiers.ts';
import { keyring } from '../../kernel/keyring.ts';
import { systemRandom } from '../../kernel/random.ts';

export const LICENSE = 1001;
export const OTHER_LICENSE = 1002;
/** The Client Id of an app that LICENSE owns. */
export const APP = 'a'.repeat(32);

/** Ann is in group 1, Bob in groups 1 and 2, Sue is suspended; group 0 is everybody. */
export const team: AgentProfile[] = [
  profile('ann', [0, 1]),
  profile('bob', [0, 1, 2]),
  { ...profile('sue', [0, 2]), suspended: true },
];

function profile(name: string, groupIds: number[]): AgentProfile {
  const id = `${name}@acme.test`;
  return {
    id,
    accountId: `account of ${name}`,
    name: name[0]?.toUpperCase() + name.slice(1),
    avatar: null,
    jobTitle: 'Support',
    chatRole: name === 'ann' ? 'administrator' : 'normal',
    groupIds,
    suspended: false,
    isBot: false,
  };
}

const people: PeopleDirectory = {
  agent: async (_, id) => team.find((agent) => agent.id === id),
  agents: async () => team,
  groups: async () => [0, 1, 2, 3].map((id) => ({ id, name: `Group ${id}` })),
};

export interface ChatTestbed {
  chats: ChatService;
  properties: PropertyService;
  clock: MovableClock;
  /** All that was published in `LICENSE`. */
  signals: Signal[];
  close(): Promise<void>;
}

/** The chat service on an engine, with a small team. */
export async function openChats(
  engine: TestEngine,
  options: {
    /** The team of an organization, where it is not the usual one. */
    agentsOf?: (licenseId: number) => readonly AgentProfile[];
    timeouts?: Timeouts;
  } = {},
): Promise<ChatTestbed> {
  const { agentsOf = () => team } = options;
  const { storage, close } = await engine.open();
  const clock = movableClock();
  const random = systemRandom();
  const properties = createPropertyService({
    storage,
    clock,
    audit: auditLog(clock, identifiers(clock, random)),
    catalogue: propertyCatalogue({
      store: storage.read.properties,
      clock,
      maxAge: () => Number.POSITIVE_INFINITY,
    }),
    ownsClient: async (licenseId, clientId) => licenseId === LICENSE && clientId === APP,
    groupsOf: async () => [0, 1, 2, 3],
    maxAge: () => Number.POSITIVE_INFINITY,
  });
  const bus = signalBus();
  const signals: Signal[] = [];
  bus.subscribe(LICENSE, (_, signal) => signals.push(signal));
  const chats = createChatService({
    storage,
    clock,
    identifiers: identifiers(clock, random),
    keyring: keyring(random.bytes(32)),
    people: {
      ...people,
      agents: async (licenseId) => agentsOf(licenseId),
      agent: async (licenseId, id) => agentsOf(licenseId).find((agent) => agent.id === id),
    },
    timeouts: options.timeouts,
    signals: bus,
    files: fileDirectory(storage, () => 'https://chat.example.com'),
    properties,
    adviseTag: (licenseId, tag) => adviseTag(storage.read, licenseId, tag),
  });
  return { chats, clock, signals, properties, close };
}

export function agent(
  name: 'ann' | 'bob' = 'ann',
  reach: Reach = 'all',
  licenseId: number = LICENSE,
): AgentActor {
  const { id, groupIds } = team.find((one) => one.id.startsWith(name)) as AgentProfile;
  return { kind: 'agent', licenseId, agentId: id, reach, groupIds };
}

export async function newCustomer(
  chats: ChatService,
  name?: string,
  licenseId: number = LICENSE,
): Promise<CustomerActor> {
  const { id } = await chats.createCustomer({
    licenseId,
    name,
    visit: { ip: '203.0.113.7', userAgent: 'test' },
  });
  return { kind: 'customer', licenseId, customerId: id, ip: '203.0.113.7', userAgent: 'test' };
}

export function message(text: string, custom_id?: string) {
  return { type: 'message' as const, text, ...(custom_id ? { custom_id } : {}) };
}

export async function refused(code: ErrorCode, run: Promise<unknown>, words = /./): Promise<void> {
  await assert.rejects(run, (error) => {
    assert.ok(isGatehouseError(error), String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });
}
