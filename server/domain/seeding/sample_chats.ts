import { createHash } from 'node:crypto';
import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Properties } from '../../wire/properties.ts';
import type { PastChat, PastEvent, PastThread } from '../chats/import_chat.ts';
import type { AgentProfile, GroupProfile } from '../chats/people.ts';
import { assigned } from '../chats/system_messages.ts';
import { type SampleScript, samplePeople, sampleProducts, sampleScripts } from './sample_scripts.ts';
import { uuidOf } from './seed_values.ts';

/** Begins the custom id of each. */
export const SAMPLE_PREFIX = 'sample-';

export type SampleAgent = Pick<AgentProfile, 'id' | 'name' | 'groupIds'>;

export interface SampleContext {
  organizationId: string;
  licenseId: number;
  /** How many there are: they spread over the weeks before `now`. */
  count: number;
  now: Micros;
  /** At least one. */
  agents: readonly SampleAgent[];
  groups: readonly GroupProfile[];
}

const MINUTE = seconds(60);
const DAY = seconds(86_400);
const SPREAD = 42 * DAY;

/** The custom id of a sample chat, by its place from 0. */
export function sampleId(index: number): string {
  return `${SAMPLE_PREFIX}${String(index + 1).padStart(4, '0')}`;
}

/**
 * Makes one chat up, always the same for the same organization and place but for the times, which lie
 * before `now`. Every fourth is open; some have had several threads, and a few have none yet.
 */
export function sampleChat(context: SampleContext, index: number): PastChat {
  const customId = sampleId(index);
  const dice = seededDice(`${context.organizationId}/${customId}`);
  const script = at(sampleScripts, index);
  const isOpen = index % 4 === 0;
  const isEmpty = index % 24 === 23;
  const name = at(script.names ?? samplePeople, script.names ? dice(script.names.length) : index * 7);
  const customer = {
    id: uuidOf(`${context.organizationId}/${customId}`),
    name,
    email: emailOf(name, index),
    visit: {
      // 203.0.113.0/24 is set aside for documentation (RFC 5737).
      ip: `203.0.113.${1 + dice(250)}`,
      userAgent: at(BROWSERS, dice(BROWSERS.length)),
      referrer: at(REFERRERS, dice(REFERRERS.length)),
    },
    ...(dice(3) === 0 ? { sessionFields: [{ plan: at(['Home', 'Office', 'Café'], dice(3)) }] } : {}),
  };
  const order = orderNumber(dice);
  const say = { customer: firstName(name), order, product: at(sampleProducts, dice(sampleProducts.length)) };
  const latest = context.now - age(context.count, index, isOpen, dice);
  const group = groupFor(script, context.groups);
  const agents = agentsOf(context.agents, group);

  // Earlier threads of the same person, with days between them; only English has scripts enough for that.
  const english = sampleScripts.filter(({ language }) => language === undefined);
  const repeats = script.language === undefined && !isEmpty && (isOpen || index % 3 === 1);
  const earlier = repeats ? dice(3) : 0;
  const threads: PastThread[] = [];
  let end = latest;
  for (let back = 0; back <= earlier && !isEmpty; back++) {
    const own = back === 0 ? script : at(english, index + 5 * back);
    const agent = at(agents, index + back);
    const plan = {
      script: own,
      agent,
      say: { ...say, agent: firstName(agent.name), order: back === 0 ? order : orderNumber(dice) },
      customer,
      open: isOpen && back === 0,
      survey: back === 0 && index % 3 === 0,
      end,
      dice,
    };
    threads.unshift(thread(plan));
    end -= 2 * DAY + dice(6) * DAY + dice(600) * MINUTE;
  }

  const chatProperties: Properties = {
    ...(script.lines.some(([, text]) => text.includes('{order}'))
      ? { test: { string_property: order } }
      : {}),
  };
  const [firstAgent] = context.agents;
  return {
    licenseId: context.licenseId,
    customId,
    createdAt: threads[0]?.createdAt ?? latest,
    customer: { ...customer, createdAt: (threads[0]?.createdAt ?? latest) - 4 * MINUTE },
    access: [group],
    properties: chatProperties,
    followers: index % 5 === 2 && firstAgent ? [firstAgent.id] : [],
    threads,
  };
}

interface ThreadPlan {
  script: SampleScript;
  agent: SampleAgent;
  say: Record<'customer' | 'agent' | 'order' | 'product', string>;
  customer: { name: string; email: string };
  open: boolean;
  /** Begins with the form that people fill in before a chat. */
  survey: boolean;
  /** When it was closed; of an open one, when the last thing was said. */
  end: Micros;
  dice: Dice;
}

function thread(plan: ThreadPlan): PastThread {
  const { script, agent, say, open, dice } = plan;
  const fill = (text: string) =>
    text.replace(/\{(customer|agent|order|product)\}/g, (_, key: keyof typeof say) => say[key]);
  // An open conversation is still going on, so that a part of it is all there is.
  const spoken = open
    ? script.lines.slice(0, Math.max(1, Math.ceil(script.lines.length * 0.7)))
    : script.lines;
  const events: (Omit<PastEvent, 'at'> & { after: Micros })[] = [];
  if (plan.survey) events.push({ ...survey(plan.customer), after: 0 });
  events.push({ author: 'system', content: { ...assigned(agent.name) }, after: seconds(1) });
  for (const [speaker, text] of spoken)
    events.push({
      author: speaker === 'customer' ? 'customer' : { agentId: agent.id },
      text: fill(text),
      ...(speaker === 'note' ? { visibility: 'agents' as const } : {}),
      after: seconds(6 + dice(20)) + Math.floor(text.length * seconds(0.35)) + dice(999_983),
    });
  const { quickReplies } = script;
  if (quickReplies && !open)
    events.push({
      author: { agentId: agent.id },
      type: 'rich_message',
      content: {
        template_id: 'quick_replies',
        elements: [
          {
            title: quickReplies.title,
            buttons: quickReplies.options.map((text) => ({
              text,
              type: 'message',
              value: text,
              postback_id: text.toLowerCase().replace(/[^a-z]+/g, '_'),
              user_ids: [],
            })),
          },
        ],
      },
      after: seconds(9 + dice(30)),
    });
  const duration = events.reduce((sum, event) => sum + event.after, 0);
  const quiet = open ? 0 : seconds(40 + dice(200));
  const createdAt = plan.end - duration - quiet;
  let clock = createdAt;
  return {
    createdAt,
    ...(open ? {} : { closedAt: plan.end, closedBy: { agentId: agent.id, name: agent.name } }),
    agentIds: [agent.id],
    tags: [...script.tags],
    properties: {
      routing: { start_url: `https://shop.example.com/${at(PAGES, dice(PAGES.length))}` },
      ...(!open && script.rating ? { rating: { ...script.rating } } : {}),
    },
    events: events.map(({ after, ...event }) => {
      clock += after;
      return { ...event, at: clock };
    }),
  };
}

function survey(customer: { name: string; email: string }): Omit<PastEvent, 'at'> {
  return {
    author: 'customer',
    type: 'filled_form',
    content: {
      form_id: 'pre_chat',
      form_type: 'prechat',
      fields: [
        { type: 'name', id: 'name', label: 'Your name', answer: customer.name },
        { type: 'email', id: 'email', label: 'E-mail', answer: customer.email },
      ],
    },
  };
}

/** How long ago it ended: open ones within the last hours, the others over the weeks, denser towards today. */
function age(count: number, index: number, isOpen: boolean, dice: Dice): Micros {
  if (isOpen) return MINUTE + index * MINUTE * 2 + dice(90) * seconds(1);
  const part = (index + 1) / Math.max(count, 1);
  return (
    150 * MINUTE +
    Math.floor(Math.min(part, 1) ** 1.5 * (SPREAD - DAY)) +
    dice(700) * MINUTE +
    dice(60_000_000)
  );
}

function orderNumber(dice: Dice): string {
  return `AC-${10_000 + dice(89_000)}`;
}

/** The group whose name speaks of the topic; a numbered one where there is none; General last. */
function groupFor(script: SampleScript, groups: readonly GroupProfile[]): number {
  if (script.topic === 'general') return 0;
  const others = groups.filter((group) => group.id !== 0);
  const named = others.find((group) => group.name.toLowerCase().includes(script.topic));
  return (named ?? others[script.topic === 'sales' ? 0 : 1] ?? others[0])?.id ?? 0;
}

function agentsOf(agents: readonly SampleAgent[], group: number): readonly SampleAgent[] {
  const inside = agents.filter((agent) => agent.groupIds.includes(group));
  return inside.length > 0 ? inside : agents;
}

/** A whole number from 0 to below the limit. */
type Dice = (limit: number) => number;

/** The same numbers for the same text: SHA-256 in counter mode. */
function seededDice(text: string): Dice {
  let counter = 0;
  return (limit) => {
    const hash = createHash('sha256').update(`${text}/${counter++}`).digest();
    return hash.readUIntBE(0, 6) % limit;
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

/** Japanese puts the family name first. */
function firstName(name: string): string {
  return /^[\u3000-\u9fff]/.test(name) ? `${name.split(' ')[0]}様` : (name.split(' ')[0] ?? name);
}

function emailOf(name: string, index: number): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replace(/[^a-z ]/g, '')
    .trim()
    .replace(/ +/g, '.');
  return `${plain || `customer${index + 1}`}@example.com`;
}

const PAGES = ['', 'machines', 'beans', 'orders', 'contact', 'sale', 'machines/barista-300'];
const REFERRERS = [
  'https://www.google.com/',
  'https://shop.example.com/',
  'https://www.bing.com/',
  'https://news.example.org/best-machines',
];
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36',
];
