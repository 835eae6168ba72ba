import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { IdentityService } from '../identity/identity_service.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import { passwordProblem } from '../identity/password_rules.ts';
import { cleanLine, companyProblem, emailProblem } from '../identity/profile_rules.ts';
import type { Account, Actor, Organization } from '../identity/records.ts';
import { foundOrganization } from '../identity/sign_up.ts';
import type { Storage } from '../storage.ts';
import type { OrganizationChange, OrganizationProfiles } from './organization_profiles.ts';

export interface NewOrganizationForm {
  email: string;
  password?: string | undefined;
  organization: OrganizationChange;
}

export interface NewOrganizations {
  /**
   * Makes an organization, and an account that owns it; no mail goes out. Without a password the account's person
   * asks for a link to set one.
   * @throws GatehouseError `validation`; `already_exists` when somebody has an account with this e-mail
   */
  signUp(form: NewOrganizationForm, actor: Actor): Promise<{ account: Account; organization: Organization }>;
  /** Another organization for an account. @throws GatehouseError `validation`, `not_found` */
  found(
    accountId: string,
    organization: OrganizationChange,
    actor: Actor,
  ): Promise<{ account: Account; organization: Organization }>;
}

export function newOrganizations(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  identity: Pick<IdentityService, 'audit' | 'throttle'>;
  hasher: PasswordHasher;
  profiles: OrganizationProfiles;
}): NewOrganizations {
  const { storage, clock, identity } = deps;

  function nameOf(change: OrganizationChange, email: string): string {
    const name = cleanLine(change.name ?? email.split('@')[1]?.split('.')[0] ?? '');
    const problem = companyProblem(name);
    if (problem) throw invalid('organization.name', problem.message);
    return name;
  }

  return {
    async signUp(form, actor) {
      const email = form.email.trim().normalize('NFC');
      const problem = emailProblem(email);
      if (problem) throw invalid('email', problem.message);
      const name = nameOf(form.organization, email);
      await identity.throttle.attempt('sign_up_address', actor.ip);
      if (form.password !== undefined) {
        const weak = await passwordProblem(form.password, [email, name]);
        if (weak) throw invalid('password', [weak.message, ...weak.suggestions].join(' '));
      }
      const passwordHash = await deps.hasher.hash(form.password ?? deps.tokens.mint('one_time', 0).text);
      return storage.write(async (stores) => {
        const now = clock.now();
        const account: Account = {
          id: deps.identifiers.uuid(),
          email,
          name: cleanLine(email.split('@')[0] ?? ''),
          passwordHash,
          emailConfirmedAt: null,
          createdAt: now,
        };
        if (!(await stores.identity.addAccount(account)))
          throw new GatehouseError(
            'already_exists',
            'An account with this e-mail address exists already. Send its credential, and it gets the organization.',
          );
        const licenseId = await foundOrganization(stores, deps.identifiers, account.id, name, now);
        await deps.profiles.set(stores, licenseId, form.organization);
        await identity.audit(stores, actor, 'account.created', { accountId: account.id, licenseId });
        return { account, organization: await need(stores.identity.organization(licenseId)) };
      });
    },

    async found(accountId, change, actor) {
      await identity.throttle.attempt('sign_up_address', actor.ip);
      return storage.write(async (stores) => {
        const account = await need(stores.identity.account(accountId));
        const name = nameOf(change, account.email);
        const licenseId = await foundOrganization(stores, deps.identifiers, accountId, name, clock.now());
        await deps.profiles.set(stores, licenseId, change);
        await identity.audit(stores, actor, 'organization.updated', {
          accountId,
          licenseId,
          detail: { changed: ['created'] },
        });
        return { account, organization: await need(stores.identity.organization(licenseId)) };
      });
    },
  };
}

async function need<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found;
  if (value === undefined) throw new GatehouseError('not_found', 'The account does not exist any more.');
  return value;
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `\`${field}\`: ${message}`, { fields: [{ field, message }] });
}
