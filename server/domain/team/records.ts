import type { Micros } from '../../kernel/clock.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { WorkScheduler } from '../chats/routing/working_hours.ts';

/** Docs: configuration-api#create-agent; these words have a space on the wire. */
export const loginStatuses = ['accepting chats', 'not accepting chats'] as const;
export type LoginStatus = (typeof loginStatuses)[number];

export const groupPriorities = ['first', 'normal', 'last', 'supervisor'] as const satisfies GroupPriority[];

export const agentNotifications = [
  'new_visitor',
  'incoming_chat',
  'returning_visitor',
  'queued_visitor',
  'visitor_is_typing',
  'new_goal',
  'unassigned_chats',
  'unassigned_chat_messages',
  'ticket',
  'inactive_notifications',
  'mute_all_sounds',
  'repeat_sound_notifications',
  'ticket_notifications',
  'incoming_message_for_focused_chat',
] as const;
export type AgentNotification = (typeof agentNotifications)[number];

export const emailSubscriptions = ['daily_summary', 'weekly_summary'] as const;
export type EmailSubscription = (typeof emailSubscriptions)[number];

/** What is set of an agent beyond their membership. */
export interface AgentSettings {
  loginStatus: LoginStatus;
  jobTitle: string | null;
  mobile: string | null;
  notifications: readonly AgentNotification[];
  emailSubscriptions: readonly EmailSubscription[];
  /** Null: the agent works whenever their routing status says so. */
  workScheduler: WorkScheduler | null;
  /** Nobody has approved the agent yet: until then they are suspended, too. */
  awaitingApproval: boolean;
  askedUnsuspensionAt: Micros | null;
}

/** Of an agent of whom nothing was set: as the Console's people come in. */
export const UNSET: AgentSettings = {
  loginStatus: 'not accepting chats',
  jobTitle: null,
  mobile: null,
  notifications: [],
  emailSubscriptions: [],
  workScheduler: null,
  awaitingApproval: false,
  askedUnsuspensionAt: null,
};

export interface TeamGroup {
  id: number;
  name: string;
  languageCode: string;
  /** Grows with each change, of its agents too. */
  version: number;
}
