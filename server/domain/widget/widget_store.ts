import type { Micros } from '../../kernel/clock.ts';
import type { Goal } from './goals.ts';
import type { Greeting, ShownGreeting } from './greeting.ts';

/** Where a document holds: one group, or the whole organization. */
export const ORGANIZATION_WIDE = -1;

/** A form, settings or phrases of the widget. */
export interface WidgetDocument {
  groupId: number;
  /** `form.prechat`, `settings`, `phrases.en` … */
  kind: string;
  content: unknown;
}

/** As many as an organization can have. */
export const MOST_GREETINGS = 500;

/** Greetings strictly after one, of some groups only. */
export interface GreetingRange {
  after?: number | undefined;
  groups?: readonly number[] | undefined;
}

/** Storage port: what the chat widget of one organization is made of. */
export interface WidgetStore {
  documents(): Promise<WidgetDocument[]>;
  /** Puts the document in the place of an earlier one. */
  putDocument(document: WidgetDocument, now: Micros): Promise<void>;
  removeDocument(groupId: number, kind: string): Promise<void>;

  /** Those that are not deleted, by id. */
  goals(): Promise<Goal[]>;
  /** Above every id that was ever given, deleted ones too. The organization is held meanwhile. */
  nextGoalId(): Promise<number>;
  putGoal(goal: Goal, now: Micros): Promise<void>;
  /** @returns false when there is none */
  deleteGoal(id: number, now: Micros): Promise<boolean>;
  /** @returns true the first time that the customer achieves it */
  achieveGoal(hit: { goalId: number; customerId: string; pageUrl: string }, now: Micros): Promise<boolean>;
  achievedGoals(customerId: string): Promise<number[]>;

  greeting(id: number): Promise<Greeting | undefined>;
  /** By id. */
  greetings(page: GreetingRange & { limit: number }): Promise<Greeting[]>;
  countGreetings(groups?: readonly number[]): Promise<number>;
  nextGreetingId(): Promise<number>;
  putGreeting(greeting: Greeting, now: Micros): Promise<void>;
  /** @returns false when there is none */
  deleteGreeting(id: number, now: Micros): Promise<boolean>;

  addShownGreeting(shown: ShownGreeting): Promise<void>;
  /** Which greetings a customer was shown since a time. */
  greetingsShownSince(customerId: string, since: Micros): Promise<number[]>;
  /** One that this customer was shown. */
  shownGreeting(customerId: string, uniqueId: string): Promise<ShownGreeting | undefined>;
  /** Each of them once. @returns true for exactly one caller */
  acceptShownGreeting(customerId: string, uniqueId: string, now: Micros): Promise<boolean>;
  cancelShownGreeting(customerId: string, uniqueId: string, now: Micros): Promise<boolean>;
  setGreetingClicks(customerId: string, uniqueId: string, clicks: readonly string[]): Promise<void>;
}
