import { type Clock, minutes } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { AccountCredentials } from '../grants/account_credentials.ts';
import type { Audit } from '../identity/audit.ts';
import { beginSession, type PreviousSession } from '../identity/begin_session.ts';
import type { LoggedIn } from '../identity/log_in.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { Actor, Organization } from '../identity/records.ts';
import type { SecondStep } from '../identity/second_step.ts';
import type { SessionService } from '../identity/sessions.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import type { SamlConfiguration, SamlRequest, SamlSubject } from './records.ts';
import { admit, decideAdmission } from './saml_admission.ts';
import { readAssertion } from './saml_assertion.ts';
import { readEnvelope } from './saml_envelope.ts';
import { authnRequestUrl, type ServiceProvider, serviceProvider } from './saml_messages.ts';
import { SamlRefusal } from './saml_refusal.ts';
import { signedAssertion } from './saml_signature.ts';

/** Time to sign in at the identity provider; also to come back from there, which takes a moment. */
const REQUEST_LIFE = minutes(15);
const PASSWORD_BYTES = 32;
const PURGE_BATCH = 500;

/** Where the browser goes back to afterwards. */
interface WayBack {
  handle: string | undefined;
  next: string | undefined;
}

export interface TestedSignIn {
  kind: 'tested';
  organization: Organization;
  subject: SamlSubject;
  /** What would have become of the person; `message` says why nothing. */
  outcome: 'member' | 'joins' | 'refused';
  message: string | undefined;
}

export type FinishedSignIn =
  | { kind: 'signed_in'; loggedIn: LoggedIn; back: WayBack }
  | TestedSignIn
  | { kind: 'refused'; organization: Organization; message: string };

/** Signing in by the identity provider of an organization (SAML 2.0, web browser SSO profile). */
export interface SamlSignIn {
  /** What this server is to the provider of an organization. */
  provider(organization: { id: string; licenseId: number }): Promise<ServiceProvider>;
  /**
   * Asks the provider who is there, for this browser.
   * @param question.testedBy an administrator who tries it out, for whom it need not be active
   * @returns the address to send the browser to. @throws GatehouseError `not_found`, `too_many_requests`
   */
  ask(
    question: WayBack & {
      organizationId: string;
      browserId: string;
      force: boolean;
      testedBy: string | undefined;
    },
    actor: Actor,
  ): Promise<string>;
  /**
   * Takes the provider's answer, which comes from another site and so without cookies.
   * @returns what the browser it was for can finish the sign-in with
   * @throws GatehouseError `not_found`; `authentication` with the reason in words, for an answer that is not taken
   */
  answer(organizationId: string, encoded: string, actor: Actor): Promise<string>;
  /** @throws GatehouseError `not_found` when it took too long, was finished already, or belongs to another browser */
  finish(
    form: {
      answer: string;
      browserId: string;
      accountId: string | undefined;
      previous: PreviousSession | undefined;
    },
    actor: Actor,
  ): Promise<FinishedSignIn>;
  /** Of questions and assertions that are too old to matter. @returns how many */
  purge(): Promise<number>;
}

export function samlSignIn(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  sessions: SessionService;
  secondStep: SecondStep;
  throttle: Throttle;
  credentials: AccountCredentials;
  settings: ServerSettings;
  audit: Audit;
  /** Somebody came into an organization. */
  changed(licenseId: number): void;
}): SamlSignIn {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('browser of a SAML request');

  async function find(
    organizationId: string,
  ): Promise<{ organization: Organization; configuration: SamlConfiguration } | undefined> {
    const organization = await storage.read.identity.organizationById(organizationId);
    const configuration = organization && (await storage.read.signIn.saml(organization.licenseId));
    return configuration && { organization, configuration };
  }

  function providerOf(organizationId: string, spEntityId: string | null): ServiceProvider {
    return serviceProvider(deps.settings.publicUrl, organizationId, spEntityId);
  }

  async function requestById(id: string): Promise<SamlRequest | undefined> {
    const parsed = tokens.parse(id);
    if (parsed?.kind !== 'saml') return undefined;
    const request = await storage.read.signIn.samlRequest(parsed.key);
    return request && sameSecret(parsed.secretHash, request.secretHash) ? request : undefined;
  }

  /** @throws SamlRefusal */
  async function take(
    { organization, configuration }: { organization: Organization; configuration: SamlConfiguration },
    encoded: string,
  ): Promise<string> {
    const { licenseId } = organization;
    const provider = providerOf(organization.id, configuration.spEntityId);
    const envelope = readEnvelope(encoded);
    const request = await requestById(envelope.inResponseTo);
    const now = clock.now();
    if (!request || request.licenseId !== licenseId || request.expiresAt <= now)
      throw new SamlRefusal(
        'in_response_to',
        'The response answers a question that this server did not ask, or asked too long ago. Begin again on the sign-in page.',
      );
    if (request.answeredAt !== null) throw replayed();
    if (!configuration.active && request.testedBy === null) throw notSetUp();
    const { destination } = envelope;
    if (destination !== undefined && destination !== provider.acsUrl)
      throw new SamlRefusal(
        'destination',
        `The response was sent to "${destination.slice(0, 200)}"; this is "${provider.acsUrl}".`,
      );
    const { certificate, idpEntityId } = configuration;
    const signed = await signedAssertion(encoded, {
      certificate,
      recipient: provider.acsUrl,
      audience: provider.entityId,
    });
    const read = readAssertion(signed, {
      issuer: idpEntityId,
      audience: provider.entityId,
      recipient: provider.acsUrl,
      requestId: envelope.inResponseTo,
      now,
      askedAgainAt: request.forced ? request.createdAt : undefined,
    });
    const minted = tokens.mint('saml_answer', request.key);
    await storage.write(async ({ signIn }) => {
      const answer = { answerHash: minted.secretHash, subject: read.subject };
      if (!(await signIn.answerSamlRequest(request.key, answer, now))) throw replayed();
      if (!(await signIn.useAssertion(licenseId, read.id, read.expiresAt))) throw replayed();
    });
    return minted.text;
  }

  /** The answered question that a browser comes back for. */
  async function answered(answer: string, browserId: string) {
    const parsed = tokens.parse(answer);
    const request =
      parsed?.kind === 'saml_answer' ? await storage.read.signIn.samlRequest(parsed.key) : undefined;
    if (!parsed || !request?.answerHash || !request.subject) throw over();
    if (!sameSecret(parsed.secretHash, request.answerHash) || request.expiresAt <= clock.now()) throw over();
    // Whoever gives somebody else their own answer must not sign them in by it (login CSRF).
    if (!sameSecret(mac(browserKey, browserId), request.browserHash)) throw over();
    const { licenseId, subject } = request;
    const organization = await storage.read.identity.organization(licenseId);
    const configuration = await storage.read.signIn.saml(licenseId);
    if (!organization || !configuration) throw over();
    return { request, subject, organization, configuration };
  }

  return {
    async provider({ id, licenseId }) {
      const configuration = await storage.read.signIn.saml(licenseId);
      return providerOf(id, configuration?.spEntityId ?? null);
    },

    async ask({ organizationId, browserId, force, testedBy, handle, next }, actor) {
      const found = await find(organizationId);
      if (!found || (!found.configuration.active && testedBy === undefined)) throw notSetUp();
      await deps.throttle.attempt('saml_address', actor.ip);
      const { organization, configuration } = found;
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('saml', key);
      await storage.write(({ signIn }) =>
        signIn.addSamlRequest({
          key,
          secretHash: minted.secretHash,
          browserHash: mac(browserKey, browserId),
          licenseId: organization.licenseId,
          handle: handle ?? null,
          next: next ?? null,
          testedBy: testedBy ?? null,
          forced: force,
          createdAt: now,
          expiresAt: now + REQUEST_LIFE,
          answeredAt: null,
          answerHash: null,
          subject: null,
        }),
      );
      const provider = providerOf(organization.id, configuration.spEntityId);
      return authnRequestUrl(configuration.entrypoint, provider, { id: minted.text, now, force });
    },

    async answer(organizationId, encoded, actor) {
      const found = await find(organizationId);
      if (!found) throw notSetUp();
      await deps.throttle.check('saml_refused_address', actor.ip);
      try {
        return await take(found, encoded);
      } catch (error) {
        if (!(error instanceof SamlRefusal)) throw error;
        // Counted, so that nobody can fill the log with made-up answers.
        await deps.throttle.attempt('saml_refused_address', actor.ip);
        const { licenseId } = found.organization;
        await storage.write((stores) =>
          deps.audit(stores, actor, 'saml.refused', {
            licenseId,
            detail: { problem: error.problem, message: error.message },
          }),
        );
        throw new GatehouseError('authentication', error.message, { reason: `saml_${error.problem}` });
      }
    },

    async finish({ answer, browserId, accountId, previous }, actor) {
      const { request, subject, organization, configuration } = await answered(answer, browserId);
      const { licenseId } = organization;
      if (request.testedBy !== null) {
        if (request.testedBy !== accountId) throw over();
        return storage.write(async (stores): Promise<FinishedSignIn> => {
          const now = clock.now();
          if (!(await stores.signIn.finishSamlRequest(request.key, now))) throw over();
          const admission = await decideAdmission(stores, organization, configuration, subject, now);
          const { kind: outcome } = admission;
          await deps.audit(stores, actor, 'saml.tested', { licenseId, accountId, detail: { outcome } });
          const message = admission.kind === 'refused' ? admission.message : undefined;
          return { kind: 'tested', organization, subject, outcome, message };
        });
      }
      const passwordHash = await deps.hasher.hash(deps.random.bytes(PASSWORD_BYTES).toString('base64url'));
      const finished = await storage.write(async (stores): Promise<FinishedSignIn> => {
        const now = clock.now();
        if (!(await stores.signIn.finishSamlRequest(request.key, now))) throw over();
        const present = await stores.signIn.saml(licenseId);
        if (!present?.active) throw notSetUp();
        const admission = await decideAdmission(stores, organization, present, subject, now);
        if (admission.kind === 'refused') {
          const { reason: problem, message } = admission;
          await deps.audit(stores, actor, 'saml.refused', { licenseId, detail: { problem, message } });
          return { kind: 'refused', organization, message };
        }
        const account = await admit(stores, deps, admission, {
          organization,
          subject,
          passwordHash,
          now,
          actor,
        });
        if (!account) throw over();
        await deps.audit(stores, actor, 'saml.signed_in', { licenseId, accountId: account.id });
        const back = { handle: request.handle ?? undefined, next: request.next ?? undefined };
        const ask = { account, browserId, remember: false, actor, first: 'fed' } as const;
        const attempt = await deps.secondStep.ask(stores, ask);
        if (attempt !== undefined)
          return { kind: 'signed_in', loggedIn: { kind: 'second_step', cookie: attempt }, back };
        const begun = await beginSession(stores, deps.sessions, {
          account,
          remember: false,
          amr: ['fed'],
          previous,
          actor,
          licenseId,
        });
        return { kind: 'signed_in', loggedIn: { kind: 'session', ...begun }, back };
      });
      deps.changed(licenseId);
      deps.credentials.revoked();
      return finished;
    },

    purge: () => storage.write(({ signIn }) => signIn.purgeSignIns(clock.now(), PURGE_BATCH)),
  };
}

function notSetUp(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'This organization has no single sign-on, or it is switched off. Log in with your password.',
  );
}

function replayed(): SamlRefusal {
  return new SamlRefusal(
    'replayed',
    'This answer was used already. An answer signs in once: begin again on the sign-in page.',
  );
}

function over(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'This sign-in took too long, was finished already, or was begun in another browser. Log in again.',
    { reason: 'saml_over' },
  );
}
