import type { Micros } from '../../kernel/clock.ts';
import type { GreetingRule } from './greeting_rules.ts';

/** An invitation to chat, as it is configured (docs: configuration-api#create-greeting). */
export interface Greeting {
  id: number;
  type: 'normal' | 'announcement';
  active: boolean;
  activeFrom: Micros | null;
  activeUntil: Micros | null;
  name: string;
  groupId: number;
  /** When it is shown, in the wire's spelling. */
  rules: GreetingRule[];
  properties: Record<string, string | boolean>;
  richMessage: RichGreeting | null;
}

export interface RichGreeting {
  template_id: string;
  elements?: RichGreetingElement[];
  [key: string]: unknown;
}

export interface RichGreetingElement {
  title?: string;
  subtitle?: string;
  image?: { url: string };
  buttons?: RichGreetingButton[];
}

export interface RichGreetingButton {
  button_id?: string;
  type?: string;
  value?: string;
  [key: string]: unknown;
}

/** What becomes of a greeting that one customer was shown. */
export interface ShownGreeting {
  /** Ten characters A-Z0-9. */
  uniqueId: string;
  customerId: string;
  greetingId: number;
  /** In whose name it came. */
  agentId: string | null;
  shownAt: Micros;
  acceptedAt: Micros | null;
  canceledAt: Micros | null;
  /** Ids of the buttons that were clicked. */
  clicks: string[];
}

/** May it be shown at this time? */
export function isShowable({ active, activeFrom, activeUntil }: Greeting, now: Micros): boolean {
  return active && (activeFrom ?? 0) <= now && now < (activeUntil ?? Number.POSITIVE_INFINITY);
}

/** Has it a button of this id? Buttons without ids are not told apart. */
export function hasButton({ richMessage }: Greeting, buttonId: string): boolean {
  const buttons = (richMessage?.elements ?? []).flatMap((element) => element.buttons ?? []);
  return buttons.some(({ button_id: id }) => id === buttonId);
}
