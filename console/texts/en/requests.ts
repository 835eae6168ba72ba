import type { RefusalEndpoint } from '../../api/refusal_types.ts';
import { auditActions } from '../audit_actions.ts';
import { refusalAdvice, refusalReasons } from '../refusal_reasons.ts';
import { count } from './words.ts';

const refusalEndpoints: Record<RefusalEndpoint, string> = {
  authorize: 'Authorization',
  token: 'Token endpoint',
  token_info: 'Token information',
  revoke: 'Revocation',
  introspect: 'Introspection',
  par: 'Pushed requests',
  device: 'Devices',
  customer_token: 'Customer tokens',
  registration: 'Registration by itself',
  agent_api: 'Agent Chat API',
  customer_api: 'Customer Chat API',
  configuration_api: 'Configuration API',
  accounts_api: 'Global Accounts API',
};

/** Refused requests and the audit log. */
export const requestsTexts = {
  refusals: {
    title: 'Refused requests',
    description:
      'What was refused to this app in the last 30 days, and why. Codes, tokens and secrets are never kept.',
    endpoint: 'Where',
    everywhere: 'Everywhere',
    reason: 'Why',
    anyReason: 'Any reason',
    endpoints: refusalEndpoints,
    reasons: refusalReasons,
    advice: refusalAdvice,
    emptyTitle: 'Nothing was refused',
    emptyText: 'Refusals appear here a few seconds after they happen.',
    noMatchTitle: 'No refusal matches',
    noMatchText: 'Take a filter away to see more.',
    more: 'Show older ones',
    refresh: 'Refresh',
    details: 'Details',
    open: (what: string) => `Details: ${what}`,
    find: 'Find a request by its id',
    findHint: 'An error page, a header x-request-id or an answer of the token endpoint tells it.',
    findAction: 'Find',
    findMissing: 'Paste the request id first.',
    detailsTitle: 'Refused request',
    ofApp: 'App',
    at: 'When',
    where: 'Where',
    wire: 'What the app was told',
    requestId: 'Request id',
    parameter: 'Parameter',
    received: 'Received',
    expected: 'Expected',
    nearest: 'Nearest registered',
    differs: (at: number) => `They part at character ${at + 1}, which is marked.`,
    mend: 'Mend it in App Authorization',
  },

  auditLog: {
    title: 'Audit log',
    description: (organization: string) =>
      `Who did what in ${organization}, the newest first. Times are yours; days count in UTC.`,
    ownerTitle: 'The audit log is the owner’s',
    ownerText: 'It shows what everybody did, so only the owner of the organization can read it.',
    action: 'What',
    anyAction: 'Anything',
    actor: 'Who (e-mail)',
    app: 'App',
    anyApp: 'Any app',
    from: 'From',
    to: 'To',
    apply: 'Apply',
    clear: 'Clear the filters',
    emptyTitle: 'Nothing here yet',
    emptyText: 'Security-relevant events of the organization appear here.',
    noMatchTitle: 'No entry matches',
    noMatchText: 'Take a filter away, or widen the days.',
    more: 'Show older ones',
    actions: auditActions,
    server: 'The server',
    somebody: 'Somebody',
    formerMember: 'A former member',
    details: 'Details',
    address: 'from',
    requestId: 'Request id',
    exportCsv: 'Export CSV',
    exportLines: 'Export JSON lines',
    exported: (entries: number, cut: boolean) =>
      cut
        ? `The newest ${count(entries, 'entry', 'entries')} are exported; filter by days to get the others`
        : `${count(entries, 'entry', 'entries')} exported`,
    exportFailed: 'The export could not be read to its end',
  },
};
