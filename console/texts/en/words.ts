import type { AccountsRole, ClientType, Product, ScopeMethod, ScopeRole } from '../../api/types.ts';

const plural = new Intl.PluralRules('en');

export const count = (number: number, one: string, many: string): string =>
  `${number} ${plural.select(number) === 'one' ? one : many}`;

export const roles: Record<AccountsRole, string> = {
  owner: 'Owner',
  administrator: 'Administrator',
  member: 'Member',
};

export const products: Record<Product, string> = { livechat: 'LiveChat', helpdesk: 'HelpDesk', text: 'Text' };

export const clientTypes: Record<ClientType, { name: string; text: string }> = {
  javascript_app: {
    name: 'JavaScript app',
    text: 'Runs in the browser, or anywhere its code can be read by others. It keeps no secret and proves itself with PKCE.',
  },
  server_side_app: {
    name: 'Server-side app',
    text: 'Runs on a server of yours. It proves itself with a client secret that never leaves that server.',
  },
};

export const scopeRoles: Record<ScopeRole | 'anyone', string> = {
  normal: 'any agent',
  administrator: 'administrator',
  member: 'any member',
  owner: 'owner',
  anyone: 'anyone',
};

export const apis: Record<ScopeMethod['api'], string> = {
  agent: 'Agent Chat',
  customer: 'Customer Chat',
  configuration: 'Configuration',
  accounts: 'Accounts',
};
