/** One thing that is measured in every repetition: a scenario of a target. */
export interface Measure {
  target: TargetName;
  scenario: string;
  title: string;
  /** Requests a repetition. Those of single-use things have to be prepared first. */
  amount: number;
}

export const TARGETS = {
  bare_http: { script: 'bare_http.ts', title: 'node:http, bare' },
  bare_fastify: { script: 'bare_fastify.ts', title: 'Fastify, bare' },
  oidc_provider: { script: 'oidc_provider.mjs', title: 'oidc-provider, in memory' },
  gatehouse: { script: 'gatehouse.ts', title: 'Gatehouse, durable' },
  gatehouse_million: { script: 'gatehouse.ts', title: 'Gatehouse, a million live tokens' },
} as const;

export type TargetName = keyof typeof TARGETS;

export const MEASURES: readonly Measure[] = [
  { target: 'bare_http', scenario: 'json', title: 'JSON in, JSON out', amount: 20_000 },
  { target: 'bare_fastify', scenario: 'json', title: 'JSON in, JSON out', amount: 20_000 },
  { target: 'oidc_provider', scenario: 'exchange', title: 'Code exchange', amount: 5_000 },
  { target: 'gatehouse', scenario: 'exchange', title: 'Code exchange', amount: 8_000 },
  { target: 'gatehouse_million', scenario: 'exchange', title: 'Code exchange', amount: 8_000 },
  { target: 'oidc_provider', scenario: 'refresh', title: 'Refresh, rotating', amount: 5_000 },
  { target: 'gatehouse', scenario: 'refresh', title: 'Refresh, rotating', amount: 8_000 },
  { target: 'oidc_provider', scenario: 'introspect', title: 'Introspection', amount: 8_000 },
  { target: 'gatehouse', scenario: 'introspect', title: 'Introspection', amount: 12_000 },
  { target: 'gatehouse', scenario: 'info', title: '/v2/info', amount: 12_000 },
  { target: 'bare_fastify', scenario: 'list_chats', title: 'List Chats, 10 chats', amount: 10_000 },
  { target: 'gatehouse', scenario: 'list_chats', title: 'List Chats, 10 chats', amount: 8_000 },
  { target: 'gatehouse', scenario: 'send_event', title: 'Send Event', amount: 6_000 },
];

/** What the server is meant to reach, as ratios within one run. */
export interface Goal {
  title: string;
  of: string;
  to: string;
  /** At least this ratio of requests per second. */
  least: number;
}

export const GOALS: readonly Goal[] = [
  {
    title: 'Code exchange, durable, against oidc-provider in memory',
    of: 'gatehouse/exchange',
    to: 'oidc_provider/exchange',
    least: 2,
  },
  {
    title: 'Refresh, durable, against oidc-provider in memory',
    of: 'gatehouse/refresh',
    to: 'oidc_provider/refresh',
    least: 2,
  },
  {
    title: 'Introspection against oidc-provider in memory',
    of: 'gatehouse/introspect',
    to: 'oidc_provider/introspect',
    least: 2.2,
  },
  {
    title: '/v2/info against introspection by oidc-provider in memory',
    of: 'gatehouse/info',
    to: 'oidc_provider/introspect',
    least: 2.2,
  },
  {
    title: 'List Chats against bare Fastify sending the same bytes',
    of: 'gatehouse/list_chats',
    to: 'bare_fastify/list_chats',
    least: 0.6,
  },
  {
    title: 'Code exchange with a million live tokens against few',
    of: 'gatehouse_million/exchange',
    to: 'gatehouse/exchange',
    least: 0.85,
  },
  {
    title: 'Send Event, durable, against code exchange',
    of: 'gatehouse/send_event',
    to: 'gatehouse/exchange',
    least: 0.5,
  },
];

/** Event-loop stall under exchange load, 99th percentile, milliseconds. */
export const STALL_GOAL = { of: 'gatehouse/exchange', most: 10 };

export const measureKey = ({ target, scenario }: Pick<Measure, 'target' | 'scenario'>): string =>
  `${target}/${scenario}`;
