import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Audit } from '../identity/audit.ts';
import type { AccountRole } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';
import { domainOfEmail } from './domain_rules.ts';
import type { RulesEditor } from './domains.ts';
import type { EnforcedLoginMethod, LoginMethod } from './records.ts';

/** Which ways of signing in an organization holds its people to. */
export interface LoginMethods {
  list(licenseId: number): Promise<EnforcedLoginMethod[]>;
  /**
   * Also makes the identity provider active. Everybody who signed in otherwise is out at once.
   * @throws GatehouseError `validation` for a word that is none, `not_found` for a way that this server does not have
   *   or that is not set up, `conflict` when it is enforced already or would lock somebody out
   */
  enforce(editor: RulesEditor, method: string): Promise<void>;
  /** @throws GatehouseError `validation`, `not_found` */
  release(editor: RulesEditor, method: string): Promise<void>;
}

/** LiveChat's words. */
const KNOWN = ['google', 'microsoft', 'saml'];

export function loginMethods(deps: { storage: Storage; clock: Clock; audit: Audit }): LoginMethods {
  const { storage } = deps;
  return {
    list: (licenseId) => storage.read.signIn.loginMethods(licenseId),

    async enforce(editor, name) {
      const method = readMethod(name);
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(editor.licenseId);
        if ((await stores.signIn.loginMethods(editor.licenseId)).length > 0)
          throw new GatehouseError('conflict', `${method} is enforced already.`);
        await enforceSaml(stores, deps, editor);
      });
    },

    async release(editor, name) {
      const { licenseId, accountId, actor } = editor;
      const method = readMethod(name);
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        if (!(await stores.signIn.releaseLoginMethod(licenseId, method)))
          throw new GatehouseError('not_found', `${method} is not enforced.`);
        await deps.audit(stores, actor, 'login_method.released', {
          licenseId,
          accountId,
          detail: { method },
        });
      });
    },
  };
}

function readMethod(name: string): LoginMethod {
  if (name === 'saml') return name;
  if (KNOWN.includes(name))
    throw new GatehouseError(
      'not_found',
      `This server has no sign-in by ${name}. It has saml: set up an identity provider, ${name}'s own if you like, with create_saml.`,
    );
  throw new GatehouseError(
    'validation',
    `"${name.slice(0, 40)}" is no login method. There are ${KNOWN.join(', ')}.`,
    { fields: [{ field: 'login_method', message: `One of ${KNOWN.join(', ')}.` }] },
  );
}

/**
 * Makes the identity provider active and holds the people to it, in a unit of work that holds the organization.
 * @throws GatehouseError `not_found` without a configuration, `conflict` when somebody would be locked out
 */
export async function enforceSaml(
  stores: Stores,
  deps: { clock: Clock; audit: Audit },
  { licenseId, accountId, actor }: RulesEditor,
): Promise<void> {
  const now = deps.clock.now();
  const configuration = await stores.signIn.saml(licenseId);
  if (!configuration)
    throw new GatehouseError(
      'not_found',
      'There is no SAML configuration to enforce. Make one with create_saml, and try it out first.',
    );
  await refuseUncovered(stores, licenseId, 'SAML cannot be enforced:');
  if (!configuration.active) {
    const { revision } = configuration;
    await stores.signIn.updateSaml(
      { ...configuration, active: true, revision: revision + 1, updatedAt: now },
      revision,
    );
    await deps.audit(stores, actor, 'saml.activated', { licenseId, accountId });
  }
  const enforced = { licenseId, method: 'saml', enforcedBy: accountId, enforcedAt: now } as const;
  if (await stores.signIn.enforceLoginMethod(enforced))
    await deps.audit(stores, actor, 'login_method.enforced', {
      licenseId,
      accountId,
      detail: { method: 'saml' },
    });
}

/**
 * The identity provider is believed for proven domains alone: whose address lies elsewhere could not sign in any
 * more. Owners can, by their passwords.
 * @throws GatehouseError `conflict` that names some of them
 */
export async function refuseUncovered(stores: Stores, licenseId: number, what: string): Promise<void> {
  const outside = await uncovered(stores, licenseId);
  if (outside.length === 0) return;
  const named = outside.slice(0, 5).join(', ');
  const more = outside.length > 5 ? ` and ${outside.length - 5} more` : '';
  throw new GatehouseError(
    'conflict',
    `${what} the addresses of ${named}${more} are in no verified domain of the organization, so that they could not sign in. Verify the domain, or take these people out of the organization.`,
    { data: { accounts: outside.slice(0, 100) }, reason: 'people_outside_domains' },
  );
}

/** Addresses of active people, owners apart, that lie in no domain which the organization has proven. */
export async function uncovered(
  stores: Pick<Stores, 'signIn' | 'identity'>,
  licenseId: number,
): Promise<string[]> {
  const proven = new Set(
    (await stores.signIn.domains(licenseId))
      .filter(({ verifiedAt }) => verifiedAt !== null)
      .map(({ domain }) => domain),
  );
  const members = await stores.identity.members(licenseId);
  return members
    .filter(({ membership }) => membership.accountRole !== 'owner' && membership.suspendedAt === null)
    .map(({ account }) => account.email)
    .filter((email) => !proven.has(domainOfEmail(email)));
}

/**
 * Why somebody with this address could not sign in once they are in; undefined where nothing stands in the way.
 * Asked wherever people come into an organization, so that none is let in who then is locked out, or in by the
 * back door.
 */
export async function joinProblem(
  stores: Pick<Stores, 'signIn'>,
  licenseId: number,
  { email, accountRole }: { email: string; accountRole: AccountRole },
): Promise<string | undefined> {
  if (accountRole === 'owner') return undefined;
  if ((await stores.signIn.loginMethods(licenseId)).length === 0) return undefined;
  const domain = domainOfEmail(email);
  const proven = (await stores.signIn.domains(licenseId)).filter(({ verifiedAt }) => verifiedAt !== null);
  if (proven.some((one) => one.domain === domain)) return undefined;
  const names = proven.map((one) => one.domain).join(', ') || 'none yet';
  return `The organization holds its people to SAML, and ${email} is in none of its verified domains (${names}).`;
}
