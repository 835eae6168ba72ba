import { type Clock, days } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import { everyScope, grantableScopes, scopeSet } from '../../oauth/scopes.ts';
import { findScope, isScopeId, type ScopeId } from '../../wire/scope_catalogue.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Actor, Membership } from '../identity/records.ts';
import type { Storage } from '../storage.ts';
import type { PersonalAccessToken } from './records.ts';

const LONGEST_NAME = 100;
const TOKENS_PER_ACCOUNT = 50;
const LONGEST_LIFE_DAYS = 3650;

export interface PersonalAccessTokens {
  list(licenseId: number, accountId: string): Promise<(PersonalAccessToken & { expired: boolean })[]>;
  /** Scopes that the person's roles allow. */
  grantable(membership: Membership): string[];
  /** @returns the token, readable this once. @throws GatehouseError `validation`, `limit_reached` */
  create(
    membership: Membership,
    form: { name: string; scopes: string[]; expiresInDays: number },
    actor: Actor,
  ): Promise<{ token: PersonalAccessToken; secret: string }>;
  /** @throws GatehouseError `not_found` */
  revoke(accountId: string, id: string, actor: Actor): Promise<void>;
}

/** Nobody signs in by a personal access token: OpenID Connect's scopes are for apps. */
function isChoosable(id: ScopeId): boolean {
  const { selectable, standardOnly } = findScope(id);
  return selectable && !standardOnly;
}

export function personalAccessTokens(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
}): PersonalAccessTokens {
  const { storage, clock } = deps;

  function grantable({ accountRole, chatRole }: Membership) {
    const roles = { account: accountRole, chat: chatRole };
    return grantableScopes(everyScope, roles).granted.ids.filter((id) => isChoosable(id));
  }

  return {
    async list(licenseId, accountId) {
      const all = await storage.read.grants.personalAccessTokens(accountId);
      const now = clock.now();
      return all
        .filter((token) => token.licenseId === licenseId)
        .map((token) => ({ ...token, expired: token.expiresAt <= now }));
    },
    grantable: (membership) => [...grantable(membership)],
    async create(membership, form, actor) {
      const name = cleanLine(form.name);
      const allowed = new Set<string>(grantable(membership));
      const problems: FieldProblem[] = [];
      if (name === '')
        problems.push({ field: 'name', message: 'Give the token a name that tells what it is for.' });
      if (name.length > LONGEST_NAME)
        problems.push({ field: 'name', message: `The name may have at most ${LONGEST_NAME} characters.` });
      if (form.scopes.length === 0) problems.push({ field: 'scopes', message: 'Choose at least one scope.' });
      for (const scope of form.scopes) {
        if (!isScopeId(scope)) problems.push({ field: 'scopes', message: `"${scope}" is not a scope.` });
        else if (!isChoosable(scope))
          problems.push({ field: 'scopes', message: `The scope ${scope} cannot be chosen for a token.` });
        else if (!allowed.has(scope))
          problems.push({ field: 'scopes', message: `Your role does not allow the scope ${scope}.` });
      }
      if (
        !Number.isInteger(form.expiresInDays) ||
        form.expiresInDays < 1 ||
        form.expiresInDays > LONGEST_LIFE_DAYS
      )
        problems.push({
          field: 'expires_in_days',
          message: `A token lives 1 to ${LONGEST_LIFE_DAYS} days; ${form.expiresInDays} is not among them.`,
        });
      if (problems.length > 0)
        throw new GatehouseError('validation', 'Please check the marked fields.', { fields: problems });
      const now = clock.now();
      const key = deps.identifiers.key();
      const { text } = deps.tokens.mint('personal', key);
      const token: PersonalAccessToken = {
        key,
        id: deps.identifiers.uuid(),
        licenseId: membership.licenseId,
        accountId: membership.accountId,
        name,
        secretHash: deps.tokens.hashSecret(text),
        scopes: scopeSet(form.scopes).key,
        createdAt: now,
        expiresAt: now + days(form.expiresInDays),
        lastUsedAt: null,
        lastUsedFrom: null,
        revokedAt: null,
      };
      await storage.write(async (stores) => {
        const present = await stores.grants.personalAccessTokens(membership.accountId);
        if (present.length >= TOKENS_PER_ACCOUNT)
          throw new GatehouseError(
            'limit_reached',
            `An account may have ${TOKENS_PER_ACCOUNT} personal access tokens. Revoke one that is no longer used.`,
          );
        await stores.grants.addPersonalAccessToken(token);
        await deps.audit(stores, actor, 'personal_access_token.created', {
          licenseId: membership.licenseId,
          accountId: membership.accountId,
          detail: { id: token.id, name, scopes: form.scopes },
        });
      });
      return { token, secret: text };
    },
    async revoke(accountId, id, actor) {
      await storage.write(async (stores) => {
        const token = (await stores.grants.personalAccessTokens(accountId)).find((one) => one.id === id);
        if (!(await stores.grants.revokePersonalAccessToken(accountId, id, clock.now())))
          throw new GatehouseError('not_found', 'You have no personal access token with this id.');
        await deps.audit(stores, actor, 'personal_access_token.revoked', {
          accountId,
          licenseId: token?.licenseId ?? null,
          detail: { id, ...(token ? { name: token.name } : {}) },
        });
      });
    },
  };
}
