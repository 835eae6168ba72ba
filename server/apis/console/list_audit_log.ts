import Type from 'typebox';
import { auditActions } from '../../domain/identity/audit_actions.ts';
import { days, type Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { consoleMethod } from '../registry/method.ts';
import { continueList, writeListPageId } from './list_page_id.ts';
import { presentAuditEntry } from './present_insight.ts';
import { AuditLogEntry } from './schemas.ts';

const ENTRIES_PER_PAGE = 50;

const Day = Type.Optional(Type.String({ description: 'A day in UTC, such as `2026-01-31`.' }));

export const listAuditLog = consoleMethod({
  name: 'list_audit_log',
  summary: 'List who did what in the organization, the newest first',
  description: 'Entries are kept for 180 days, unless whoever runs the server says otherwise.',
  access: 'owner',
  http: { method: 'GET', path: '/console/api/organization/audit_log' },
  input: Type.Object(
    {
      action: Type.Optional(Type.Enum([...auditActions])),
      actor: Type.Optional(Type.String({ maxLength: 320, description: 'E-mail or id of an account.' })),
      app_id: Type.Optional(Type.String({ description: 'Id of an app with App Authorization.' })),
      from: Day,
      to: Type.Optional(Type.String({ description: 'The last day that counts.' })),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    entries: Type.Array(AuditLogEntry),
    next_page_id: Type.Optional(Type.String()),
  }),
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const { page_id: pageId, ...filters } = input;
    const before = continueList(pageId, filters);
    const to = dayOf('to', input.to);
    const { entries, next } = await services.insight.audit.list(
      licenseId,
      {
        action: input.action,
        actor: input.actor?.trim() || undefined,
        appId: appIdOf(input.app_id),
        from: dayOf('from', input.from),
        to: to === undefined ? undefined : to + days(1),
      },
      { before, limit: ENTRIES_PER_PAGE },
    );
    return {
      entries: entries.map(presentAuditEntry),
      ...(next === undefined ? {} : { next_page_id: writeListPageId(next, filters) }),
    };
  },
});

function appIdOf(text: string | undefined): string | undefined {
  if (text === undefined || isUuid(text)) return text;
  throw problem('app_id', 'It should be the id of an app.');
}

function dayOf(field: string, text: string | undefined): Micros | undefined {
  if (text === undefined) return undefined;
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw problem(field, 'It should be a day, such as 2026-01-31.');
  return milliseconds * 1_000;
}

function problem(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `\`${field}\`: ${message}`, { fields: [{ field, message }] });
}
