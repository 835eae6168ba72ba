import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { FileDirectory } from '../files/file_directory.ts';
import type { PropertyService } from '../properties/property_service.ts';
import type { Actor, AgentActor, CustomerActor } from './actors.ts';
import type { ChatStorage } from './chat_store.ts';
import { type ChatWords, chatWords } from './chat_words.ts';
import type { Customer } from './customer.ts';
import { createCustomer, type NewCustomer } from './customers.ts';
import { type DeactivateChatInput, deactivateChat } from './deactivate_chat.ts';
import type { ChatDeps } from './deps.ts';
import { type ChatView, getChat } from './get_chat.ts';
import { type ImportedChat, importChat, type PastChat } from './import_chat.ts';
import { type ChatPage, type ListChatsInput, listChatsOfAgent, listChatsOfCustomer } from './list_chats.ts';
import { type ListThreadsInput, listThreads, type ThreadPage } from './list_threads.ts';
import { createPageCursors } from './page_cursor.ts';
import type { PeopleDirectory } from './people.ts';
import { type PublicAgentId, publicAgentIds } from './public_agent_id.ts';
import { type ResumeChatInput, type ResumedChat, resumeChat } from './resume_chat.ts';
import type { Timeouts } from './routing/inactivity.ts';
import { createRoutingService, type RoutingService } from './routing/routing_service.ts';
import { type SendEventInput, sendEvent } from './send_event.ts';
import type { SignalBus } from './signals.ts';
import { type StartChatInput, type StartedChat, startChat } from './start_chat.ts';

/** Chats and customers, whoever calls: agents and customers go by the same rules from different sides. */
export interface ChatService extends ChatWords {
  startChat(actor: Actor, input: StartChatInput): Promise<StartedChat>;
  resumeChat(actor: Actor, input: ResumeChatInput): Promise<ResumedChat>;
  deactivateChat(actor: Actor, input: DeactivateChatInput): Promise<void>;
  sendEvent(actor: Actor, input: SendEventInput): Promise<{ eventId: string }>;
  listChatsOfAgent(actor: AgentActor, input: ListChatsInput): Promise<ChatPage>;
  listChatsOfCustomer(actor: CustomerActor, input: Omit<ListChatsInput, 'filters'>): Promise<ChatPage>;
  getChat(actor: Actor, input: { chat_id: string; thread_id?: string | undefined }): Promise<ChatView>;
  listThreads(actor: Actor, input: ListThreadsInput): Promise<ThreadPage>;
  /** Used by the customer token grant. */
  createCustomer(input: NewCustomer): Promise<Customer>;
  customer(licenseId: number, customerId: string): Promise<Customer | undefined>;
  /** Writes a chat of the past, for demo data and imports. The same custom id again changes nothing. */
  importChat(chat: PastChat): Promise<ImportedChat>;
  routing: RoutingService;
  /** How customers are told of an agent. */
  publicAgentId: PublicAgentId;
}

export function createChatService(services: {
  storage: ChatStorage;
  identifiers: Identifiers;
  clock: Clock;
  keyring: Keyring;
  people: PeopleDirectory;
  signals: SignalBus;
  files: FileDirectory;
  properties: PropertyService;
  adviseTag: ChatDeps['adviseTag'];
  timeouts?: Timeouts | undefined;
  autoAccess?: ChatDeps['autoAccess'];
}): ChatService {
  const { keyring, ...parts } = services;
  const { storage, clock } = parts;
  const deps: ChatDeps = { ...parts, cursors: createPageCursors(keyring, clock) };
  return {
    ...chatWords(deps),
    startChat: startChat(deps),
    resumeChat: resumeChat(deps),
    deactivateChat: deactivateChat(deps),
    sendEvent: sendEvent(deps),
    listChatsOfAgent: listChatsOfAgent(deps),
    listChatsOfCustomer: listChatsOfCustomer(deps),
    getChat: getChat(deps),
    listThreads: listThreads(deps),
    createCustomer: createCustomer(deps),
    customer: (licenseId, customerId) => storage.read.chats(licenseId).customer(customerId),
    importChat: importChat(deps),
    routing: createRoutingService(deps, services.timeouts),
    publicAgentId: publicAgentIds(keyring),
  };
}
