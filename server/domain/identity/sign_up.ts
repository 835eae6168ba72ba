import type { Clock, Micros } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { EmailConfirmation } from './email_confirmation.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { type PasswordProblem, passwordLengthProblem, passwordProblem } from './password_rules.ts';
import { cleanLine, companyProblem, emailProblem, nameProblem } from './profile_rules.ts';
import type { Actor, Session } from './records.ts';
import type { SessionService } from './sessions.ts';
import type { Throttle } from './throttling.ts';

export interface SignUpForm {
  name: string;
  email: string;
  company: string;
  password: string;
}

/** Group 0 holds every agent and takes every chat that names no other group. */
export const GENERAL_GROUP = { id: 0, name: 'General' } as const;

/** How an organization that signed up came here (docs: configuration-api#get-product-source). */
const SOURCE = { id: 'sign_up', type: 'accounts', url: '' };

export type SignUp = (form: SignUpForm, actor: Actor) => Promise<{ cookie: string; session: Session }>;

/**
 * Makes an account, its organization with a license id, its ownership and group 0, all or nothing, and
 * begins a session.
 * @throws GatehouseError `validation` with one problem per field; `too_many_requests`
 */
export function signUp(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  hasher: PasswordHasher;
  sessions: SessionService;
  throttle: Throttle;
  confirmation: EmailConfirmation;
  audit: Audit;
}): SignUp {
  const { storage, clock, identifiers } = deps;
  return async (raw, actor) => {
    const form = {
      name: cleanLine(raw.name),
      email: raw.email.trim(),
      company: cleanLine(raw.company),
      password: raw.password,
    };
    refuseProblems(form, passwordLengthProblem(form.password));
    await deps.throttle.attempt('sign_up_address', actor.ip);
    refuseProblems(form, await passwordProblem(form.password, [form.name, form.email, form.company]));
    const passwordHash = await deps.hasher.hash(form.password);
    return storage.write(async (stores) => {
      const now = clock.now();
      const accountId = identifiers.uuid();
      const added = await stores.identity.addAccount({
        id: accountId,
        email: form.email,
        name: form.name,
        passwordHash,
        emailConfirmedAt: null,
        createdAt: now,
      });
      if (!added) throw validation([emailTaken]);
      const licenseId = await foundOrganization(stores, identifiers, accountId, form.company, now);
      await stores.license.setProductSource(licenseId, SOURCE);
      await deps.confirmation.request(stores, { accountId, email: form.email, name: form.name });
      await deps.audit(stores, actor, 'account.created', { accountId, licenseId });
      return deps.sessions.begin(stores, { accountId, licenseId, remember: false, actor });
    });
  };
}

/**
 * Makes an organization with its group 0, owned by an account; part of another unit of work.
 * @returns its license id
 */
export async function foundOrganization(
  stores: Stores,
  identifiers: Identifiers,
  accountId: string,
  name: string,
  now: Micros,
): Promise<number> {
  const licenseId = await stores.identity.addOrganization({
    id: identifiers.uuid(),
    name,
    forceStrict: false,
    createdAt: now,
  });
  if (licenseId === undefined)
    throw new GatehouseError(
      'service_unavailable',
      'Please try again: somebody signed up in the same moment.',
      {
        retryAfterSeconds: 1,
      },
    );
  await stores.identity.addMembership({
    licenseId,
    accountId,
    accountRole: 'owner',
    chatRole: 'administrator',
    suspendedAt: null,
    createdAt: now,
  });
  await stores.identity.addGroup(licenseId, GENERAL_GROUP, now);
  await stores.identity.addToGroup(licenseId, GENERAL_GROUP.id, accountId);
  return licenseId;
}

/** A sign-up form cannot hide that an address is taken without making its owner wait for a mail; it is throttled instead. */
const emailTaken: FieldProblem = {
  field: 'email',
  message: 'An account with this e-mail address exists already. Log in, or reset its password.',
};

function refuseProblems(form: SignUpForm, weak: PasswordProblem | undefined): void {
  const problems = [nameProblem(form.name), emailProblem(form.email), companyProblem(form.company)].filter(
    (problem) => problem !== undefined,
  );
  if (weak) problems.push({ field: 'password', message: [weak.message, ...weak.suggestions].join(' ') });
  if (problems.length > 0) throw validation(problems);
}

function validation(fields: FieldProblem[]): GatehouseError {
  return new GatehouseError('validation', 'Please check the marked fields.', { fields });
}
