import type { FieldProblem } from '../../kernel/errors.ts';
import { type ClientPolicy, policyOf } from '../../oauth/client_profile.ts';
import { grantableScopes, scopeSet } from '../../oauth/scopes.ts';
import { findScope, type ScopeId } from '../../wire/scope_catalogue.ts';
import { redirectUriProblems } from '../apps/app_rules.ts';
import { emailProblem } from '../identity/profile_rules.ts';
import { checkSeedChats } from './check_seed_chats.ts';
import { accountOf, isGroup, noAccount, noGroup, unique } from './seed_references.ts';
import type { Seed, SeedAccount, SeedApp, SeedAuthorization, SeedOrganization } from './seed_schema.ts';
import { redirectUrisOf, rolesOf, switchesOf } from './seed_values.ts';

/** What the parts of a well-formed seed say of each other that cannot be. */
export function checkSeed(seed: Seed): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const everywhere = {
    organizationIds: new Map<string, string>(),
    licenseIds: new Map<string, string>(),
    appIds: new Map<string, string>(),
    clientIds: new Map<string, string>(),
    accounts: new Map<string, { email: string; path: string }>(),
  };
  seed.organizations.forEach((organization, index) => {
    const path = `organizations[${index}]`;
    unique(everywhere.organizationIds, organization.id, `${path}.id`, problems);
    unique(everywhere.licenseIds, organization.license_id?.toString(), `${path}.license_id`, problems);
    organization.accounts?.forEach((account, at) => {
      sameAccount(everywhere.accounts, account, `${path}.accounts[${at}]`, problems);
    });
    organization.apps?.forEach((app, at) => {
      const { clientId } = app.blocks?.authorization ?? {};
      unique(everywhere.appIds, app.id, `${path}.apps[${at}].id`, problems);
      unique(everywhere.clientIds, clientId, `${path}.apps[${at}].blocks.authorization.clientId`, problems);
    });
    problems.push(
      ...checkPeople(organization, path),
      ...checkApps(organization, path),
      ...checkTokens(organization, path),
      ...checkSeedChats(organization, path),
    );
  });
  return problems;
}

/** A person may be in several organizations: by the same e-mail and the same id. */
function sameAccount(
  seen: Map<string, { email: string; path: string }>,
  account: SeedAccount,
  path: string,
  problems: FieldProblem[],
): void {
  if (account.id === undefined) return;
  const before = seen.get(account.id);
  const email = account.email.toLowerCase();
  if (before === undefined) seen.set(account.id, { email, path });
  else if (before.email !== email)
    problems.push({
      field: `${path}.id`,
      message: `is that of ${before.path} (${before.email}); another e-mail needs another id.`,
    });
}

function checkPeople(organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const groups = new Map<string, string>();
  organization.groups?.forEach((group, index) => {
    unique(groups, String(group.id), `${path}.groups[${index}].id`, problems);
  });
  const emails = new Map<string, string>();
  organization.accounts?.forEach((account, index) => {
    const at = `${path}.accounts[${index}]`;
    unique(emails, account.email.toLowerCase(), `${at}.email`, problems);
    const wrong = emailProblem(account.email);
    if (wrong)
      problems.push({
        field: `${at}.email`,
        message: `is ${JSON.stringify(account.email)}. ${wrong.message}`,
      });
    account.groups?.forEach((id, place) => {
      const field = `${at}.groups[${place}]`;
      if (!isGroup(organization, id)) problems.push({ field, message: noGroup(organization, id) });
    });
  });
  const accounts = organization.accounts ?? [];
  if (accounts.length > 0 && !accounts.some((account) => account.role === 'owner'))
    problems.push({ field: `${path}.accounts`, message: 'has no owner; give one account "role": "owner".' });
  return problems;
}

function checkApps(organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const names = new Map<string, string>();
  organization.apps?.forEach((app, index) => {
    const at = `${path}.apps[${index}]`;
    unique(names, app.name, `${at}.name`, problems);
    problems.push(...checkApp(app, organization, at));
  });
  return problems;
}

const URI_LISTS = [
  ['redirect_uris', 'redirectUri'],
  ['post_logout_redirect_uris', 'postLogoutRedirectUri'],
] as const;

function checkApp(app: SeedApp, organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (app.installed && (organization.accounts ?? []).length === 0)
    problems.push({
      field: `${path}.installed`,
      message: 'is true, and the organization has no account that could have installed it.',
    });
  const block = app.blocks?.authorization;
  if (!block) return problems;
  const at = `${path}.blocks.authorization`;
  if (block.type === 'server_side_app' && block.clientSecret === undefined)
    problems.push({
      field: `${at}.clientSecret`,
      message: 'is missing. A server-side app proves itself by it.',
    });
  if (block.type === 'javascript_app' && block.clientSecret !== undefined)
    problems.push({
      field: `${at}.clientSecret`,
      message:
        'must be left out: a JavaScript app runs where everybody can read it, so that it has no secret.',
    });
  const { redirect: policy } = policyOfBlock(block, organization);
  for (const [list, key] of URI_LISTS)
    for (const problem of redirectUriProblems(redirectUrisOf(block, key), policy, list))
      problems.push({ field: problem.field.replace(list, `${at}.${key}`), message: problem.message });
  const scopes = new Map<string, string>();
  block.scopes?.forEach(({ scope }, index) => {
    const field = `${at}.scopes[${index}].scope`;
    unique(scopes, scope, field, problems);
    if (!isSelectable(scope)) problems.push({ field, message: noScope(scope) });
  });
  return problems;
}

function policyOfBlock(block: SeedAuthorization, organization: SeedOrganization): ClientPolicy {
  const client = { type: block.type, profile: block.profile ?? 'compatible', switches: switchesOf(block) };
  return policyOf(client, { forceStrict: organization.force_strict ?? false });
}

function checkTokens(organization: SeedOrganization, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const names = new Map<string, string>();
  const secrets = new Map<string, string>();
  organization.personal_access_tokens?.forEach((token, index) => {
    const at = `${path}.personal_access_tokens[${index}]`;
    const account = accountOf(organization, token.account);
    unique(names, `${token.account.toLowerCase()} / ${token.name}`, `${at}.name`, problems);
    if (secrets.has(token.token))
      problems.push({ field: `${at}.token`, message: `is that of ${secrets.get(token.token)}, too.` });
    secrets.set(token.token, `${at}.token`);
    if (!account) problems.push({ field: `${at}.account`, message: noAccount(organization, token.account) });
    token.scopes.forEach((scope, place) => {
      const field = `${at}.scopes[${place}]`;
      if (!isSelectable(scope)) problems.push({ field, message: noScope(scope) });
      else if (findScope(scope).standardOnly)
        problems.push({ field, message: `is ${scope}, which is for apps that sign people in.` });
      else if (account && !grantableScopes(scopeSet([scope]), rolesOf(account)).granted.has(scope))
        problems.push({ field, message: `is ${scope}, which the roles of ${account.email} do not allow.` });
    });
  });
  return problems;
}

function isSelectable(scope: string): scope is ScopeId {
  return findScope(scope)?.selectable === true;
}

function noScope(scope: string): string {
  const spelled = scope.toLowerCase().replace(/\s/g, '');
  const near = isSelectable(spelled) ? ` Did you mean ${spelled}?` : ' GET /console/api/scopes lists them.';
  return `is ${JSON.stringify(scope)}, which is not a scope.${near}`;
}
