import Type from 'typebox';
import { type HourSum, type MethodSum, startOfHour } from '../../domain/insight/app_usage.ts';
import { percentile, scopeUse } from '../../domain/insight/usage_rules.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { isScopeId, type ScopeId } from '../../wire/scope_catalogue.ts';
import { accountsMethods } from '../accounts/index.ts';
import { agentMethods } from '../agent/index.ts';
import { configurationMethods } from '../configuration/index.ts';
import { type AccountsMethod, type AgentMethod, consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { AppId } from './schemas.ts';

/** A scope that nothing used for so long may be given up. */
const SCOPE_DAYS = 14;
/** Of longer times a point is a day. */
const HOURLY_DAYS = 2;

const milliseconds = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Milliseconds; null where nothing was counted, or where it took more than five seconds.',
});
const count = Type.Integer();

export const getAppUsage = consoleMethod({
  name: 'get_app_usage',
  summary: 'Read how many requests an app sent, how they ended, and which of its scopes it needed',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/usage' },
  input: Type.Object(
    {
      app_id: AppId,
      days: Type.Optional(Type.Enum(['1', '7', '30', '90'], { description: 'Default: `7`.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    days: count,
    requests: count,
    refused: Type.Integer({ description: 'Answers from 400 to 499.' }),
    failed: Type.Integer({ description: 'Answers from 500 on.' }),
    p50_ms: milliseconds,
    p95_ms: milliseconds,
    methods: Type.Array(
      Type.Object({
        method: Type.String(),
        requests: count,
        refused: count,
        failed: count,
        p50_ms: milliseconds,
        p95_ms: milliseconds,
      }),
    ),
    statuses: Type.Array(Type.Object({ status: count, requests: count })),
    series: Type.Array(Type.Object({ at: Type.String(), answered: count, refused: count, failed: count })),
    scopes: Type.Object({
      days: count,
      used: Type.Array(Type.String()),
      unused: Type.Array(Type.String()),
      smaller: Type.Array(Type.String()),
    }),
  }),
  errors: ['not_found'],
  async handler({ services, caller, input }) {
    const { licenseId } = caller.organization;
    const { client } = await services.apps.get(licenseId, appIdOf(input));
    const days = Number(input.days ?? '7');
    const { usage } = services.insight;
    const [sums, hours, recent] = client
      ? await Promise.all([
          usage.byMethod(licenseId, client.clientId, days * 24),
          usage.byHour(licenseId, client.clientId, days * 24),
          usage.byMethod(licenseId, client.clientId, SCOPE_DAYS * 24),
        ])
      : [[], [], []];
    const answered = recent.filter(({ status }) => status < 400).map(({ method }) => method);
    const use = scopeUse(
      client?.scopes.map(({ scope }) => scope) ?? [],
      [...new Set(answered)].map(scopesOf),
    );
    return {
      days,
      ...totals(sums),
      methods: methodsIn(sums),
      statuses: statusesIn(sums),
      series: seriesOf(hours, days <= HOURLY_DAYS ? 1 : 24),
      scopes: { days: SCOPE_DAYS, ...use },
    };
  },
});

function totals(sums: readonly MethodSum[]) {
  const of = (fits: (status: number) => boolean) =>
    sums.reduce((all, { status, requests }) => all + (fits(status) ? requests : 0), 0);
  return {
    requests: of(() => true),
    refused: of((status) => status >= 400 && status < 500),
    failed: of((status) => status >= 500),
    p50_ms: known(percentile(sums, 0.5)),
    p95_ms: known(percentile(sums, 0.95)),
  };
}

function known(time: number | undefined): number | null {
  return time === undefined || !Number.isFinite(time) ? null : time;
}

/** The busiest first. */
function methodsIn(sums: readonly MethodSum[]) {
  const byMethod = Map.groupBy(sums, ({ method }) => method);
  return [...byMethod]
    .map(([method, own]) => ({ method, ...totals(own) }))
    .sort((a, b) => b.requests - a.requests || (a.method < b.method ? -1 : 1));
}

function statusesIn(sums: readonly MethodSum[]) {
  const byStatus = Map.groupBy(sums, ({ status }) => status);
  return [...byStatus]
    .map(([status, own]) => ({ status, requests: totals(own).requests }))
    .sort((a, b) => a.status - b.status);
}

function seriesOf(sums: readonly HourSum[], hoursTogether: number) {
  const points = Map.groupBy(sums, ({ hour }) => Math.floor(hour / hoursTogether) * hoursTogether);
  return [...points]
    .sort(([a], [b]) => a - b)
    .map(([hour, own]) => {
      const { requests, refused, failed } = totals(own.map((one) => ({ ...one, method: '', bucket: 0 })));
      return {
        at: formatTimestamp(startOfHour(hour)),
        answered: requests - refused - failed,
        refused,
        failed,
      };
    });
}

let opening: Map<string, readonly ScopeId[]> | undefined;

/** Any one of these opens what usage calls so. */
function scopesOf(name: string): readonly ScopeId[] {
  opening ??= new Map([
    ...[...(agentMethods as readonly AgentMethod[]), ...(configurationMethods as readonly AgentMethod[])].map(
      (method) => [`${method.api}.${method.name}`, method.scopes.filter(isScopeId)] as const,
    ),
    ...(accountsMethods as readonly AccountsMethod[]).map(
      ({ http, scopes }) => [`${http.method} ${http.path}`, scopes.filter(isScopeId)] as const,
    ),
    ['POST /v2/customer/token', ['customers:own']],
    ['POST /v2/customer/identity_transfer', ['customers:own']],
  ]);
  return opening.get(name) ?? [];
}
