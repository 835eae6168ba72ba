import { type Clock, days } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type Identifiers, isUuid } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import {
  type ClientMetadata,
  type RegistrationError,
  readClientMetadata,
} from '../../oauth/client_metadata.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { LIMITS } from '../apps/app_rules.ts';
import type { ClientRevoker } from '../apps/app_service.ts';
import { makeClientSecret } from '../apps/client_secret.ts';
import type { Client, RequestedScope } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Actor, Organization } from '../identity/records.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { Storage, Stores } from '../storage.ts';
import type { InitialAccessToken, Registration } from './records.ts';

/** So many apps may wait for somebody to vouch for them; then the owner has to look. */
export const UNVERIFIED_PER_ORGANIZATION = 100;
/** Nobody allowed it in that time: it was an experiment, or a nuisance. */
const ABANDONED_AFTER = days(30);
const ABANDONED_BATCH = 20;

/** A client as its registration is answered (RFC 7591 §3.2.1). */
export interface RegisteredSelf {
  client: Client;
  name: string;
  registration: Registration;
  organizationId: string;
  /** Readable this once. */
  clientSecret?: string;
  registrationToken: string;
}

export type Registered<T> = { ok: true; value: T } | { ok: false; error: RegistrationError; message: string };

/** Apps that register themselves (RFC 7591), and look after themselves (RFC 7592). */
export interface DynamicRegistration {
  /**
   * @param bearer the initial access token, where one came
   * @throws GatehouseError `authorization` where the organization does not allow it, `authentication` for a
   *   missing or dead token, `too_many_requests`, `limit_reached`
   */
  register(
    organizationId: string,
    bearer: string | undefined,
    body: Record<string, unknown>,
    actor: Actor,
  ): Promise<Registered<RegisteredSelf>>;
  /** @throws GatehouseError `authentication` unless the registration access token is this client's */
  read(organizationId: string, clientId: string, bearer: string | undefined): Promise<RegisteredSelf>;
  /** What is left out is dropped. Nobody vouches for the app any more. */
  update(
    organizationId: string,
    clientId: string,
    bearer: string | undefined,
    body: Record<string, unknown>,
    actor: Actor,
  ): Promise<Registered<RegisteredSelf>>;
  /** With every token of it. */
  delete(organizationId: string, clientId: string, bearer: string | undefined, actor: Actor): Promise<void>;
  /** The one organization of this server that allows registration; undefined when none does, or several. */
  onlyOrganization(): Promise<string | undefined>;
  /** Removes apps that nobody came to use, in small batches. @returns how many */
  purge(): Promise<number>;
}

/** The server itself, where nobody asked. */
const NOBODY: Actor = { ip: '', userAgent: '', requestId: 'background' };

export function dynamicRegistration(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  audit: Audit;
  throttle: Throttle;
  revoker: ClientRevoker;
}): DynamicRegistration {
  const { storage, clock, tokens, revoker } = deps;

  function unauthenticated(message: string, reason: string): GatehouseError {
    return new GatehouseError('authentication', message, { reason });
  }

  /** One answer for an organization that does not exist and one that does not allow it. */
  async function needOpen(organizationId: string) {
    const organization = isUuid(organizationId)
      ? await storage.read.identity.organizationById(organizationId)
      : undefined;
    const mode = organization && (await storage.read.registrations.registrationMode(organization.licenseId));
    if (organization && mode && mode !== 'off') return { organization, mode };
    throw new GatehouseError(
      'authorization',
      'Apps cannot register themselves with this organization. Its owner can allow it in the Console, under Settings, Security.',
      { reason: 'registration_off' },
    );
  }

  async function needInitialToken(
    bearer: string | undefined,
    organization: Organization,
  ): Promise<InitialAccessToken> {
    if (bearer === undefined)
      throw unauthenticated(
        'This organization takes registrations by an initial access token alone. Send "Authorization: Bearer" with one that its owner made in the Console.',
        'initial_token_missing',
      );
    const parsed = tokens.parse(bearer);
    const found =
      parsed?.kind === 'initial' ? await storage.read.registrations.initialToken(parsed.key) : undefined;
    if (
      parsed &&
      found &&
      sameSecret(parsed.secretHash, found.secretHash) &&
      found.licenseId === organization.licenseId &&
      found.expiresAt > clock.now()
    )
      return found;
    throw unauthenticated(
      'The initial access token is unknown, expired, revoked, or is for another organization.',
      'initial_token_wrong',
    );
  }

  /** RFC 7592 §2: the token says which client; the address must agree. */
  async function needRegistration(organizationId: string, clientId: string, bearer: string | undefined) {
    const parsed = bearer === undefined ? undefined : tokens.parse(bearer);
    const registration =
      parsed?.kind === 'registration' ? await storage.read.registrations.registration(parsed.key) : undefined;
    const known = registration && (await storage.read.apps.client(registration.clientId));
    if (
      bearer !== undefined &&
      parsed &&
      registration &&
      known &&
      sameSecret(parsed.secretHash, registration.secretHash) &&
      registration.clientId === clientId &&
      known.organization.id === organizationId
    )
      return { registration, known, bearer };
    throw unauthenticated(
      'Send the registration access token of this client as "Authorization: Bearer". It came with the registration; it is wrong, or the client is gone.',
      'registration_token_wrong',
    );
  }

  async function needRoom(stores: Stores, licenseId: number): Promise<void> {
    if ((await stores.registrations.countUnverified(licenseId)) >= UNVERIFIED_PER_ORGANIZATION)
      throw new GatehouseError(
        'limit_reached',
        `${UNVERIFIED_PER_ORGANIZATION} apps that registered themselves wait for this organization's owner. The owner can verify or delete them in the Console.`,
      );
    if ((await stores.apps.countApps(licenseId, '')) >= LIMITS.appsPerOrganization)
      throw new GatehouseError('limit_reached', 'This organization has as many apps as it may have.');
  }

  async function removeApp(
    stores: Stores,
    { licenseId, clientId, appId }: Registration,
    actor: Actor,
    reason: string,
  ): Promise<void> {
    // First of all, since it holds the app's row: what is issued for the app is there by now, or refused.
    if (!(await stores.apps.touchApp(licenseId, appId, undefined, clock.now()))) return;
    await revoker.revokeClient(stores, clientId, 'app_deleted');
    await stores.apps.deleteApp(licenseId, appId);
    await deps.audit(stores, actor, 'app.deleted', {
      licenseId,
      clientId,
      detail: { app_id: appId, reason },
    });
  }

  return {
    async register(organizationId, bearer, body, actor) {
      await deps.throttle.attempt('register_address', actor.ip);
      const { organization, mode } = await needOpen(organizationId);
      // In an open organization a token still says who brought the app.
      const initial =
        mode === 'open' && bearer === undefined ? undefined : await needInitialToken(bearer, organization);
      const read = readClientMetadata(body);
      if (!read.ok) return read;
      const { metadata } = read;
      const { licenseId } = organization;
      await deps.throttle.attempt('register_organization', String(licenseId));
      const now = clock.now();
      const clientId = deps.random.bytes(16).toString('hex');
      const appId = deps.identifiers.uuid();
      const name = nameOf(metadata);
      const client: Client = {
        clientId,
        appId,
        licenseId,
        type: metadata.type,
        profile: 'strict',
        redirectUris: metadata.redirectUris,
        postLogoutRedirectUris: metadata.postLogoutRedirectUris,
        scopes: requested(metadata),
        switches: {
          acceptSubPaths: false,
          allowPlainHttp: false,
          rotateRefreshTokens: metadata.type === 'javascript_app',
        },
        createdAt: now,
      };
      const key = deps.identifiers.key();
      const minted = tokens.mint('registration', key);
      const registration: Registration = {
        key,
        secretHash: minted.secretHash,
        clientId,
        appId,
        licenseId,
        ...described(metadata),
        initialTokenId: initial?.id ?? null,
        createdAt: now,
        verifiedAt: null,
      };
      const made = metadata.type === 'server_side_app' ? makeClientSecret(deps, clientId, now) : undefined;
      await storage.write(async (stores) => {
        // Held, so that the count below is right however many register at once.
        if ((await stores.registrations.holdRegistrationMode(licenseId)) !== mode)
          throw new GatehouseError('conflict', 'The owner changed who may register a moment ago. Try again.');
        if (initial && !(await stores.registrations.countInitialToken(initial.key, now)))
          throw unauthenticated('The initial access token was revoked a moment ago.', 'initial_token_wrong');
        await needRoom(stores, licenseId);
        await stores.apps.addApp({
          key: deps.identifiers.key(),
          id: appId,
          licenseId,
          name,
          product: 'livechat',
          shortDescription: '',
          visibility: 'private',
          version: 1,
          createdBy: null,
          createdAt: now,
          updatedAt: now,
        });
        await stores.apps.addClient(client);
        if (made) await stores.apps.addSecret(made.secret);
        await stores.registrations.addRegistration(registration);
        await deps.audit(stores, actor, 'app.registered', {
          licenseId,
          clientId,
          detail: {
            app_id: appId,
            app_name: name,
            redirect_uris: client.redirectUris,
            post_logout_redirect_uris: client.postLogoutRedirectUris,
            scopes: metadata.scopes.ids,
            initial_access_token: initial?.id ?? null,
          },
        });
      });
      const value: RegisteredSelf = {
        client,
        name,
        registration,
        organizationId,
        registrationToken: minted.text,
        ...(made ? { clientSecret: made.text } : {}),
      };
      return { ok: true, value };
    },

    async read(organizationId, clientId, bearer) {
      const found = await needRegistration(organizationId, clientId, bearer);
      const { known, registration } = found;
      return {
        client: known.client,
        name: known.app.name,
        registration,
        organizationId,
        registrationToken: found.bearer,
      };
    },

    async update(organizationId, clientId, bearer, body, actor) {
      const { known, registration, bearer: token } = await needRegistration(organizationId, clientId, bearer);
      await deps.throttle.attempt('register_address', actor.ip);
      await needOpen(organizationId);
      if (body.client_id !== clientId)
        return refusedMetadata('client_id should be the one of the address (RFC 7592 section 2.2).');
      const read = readClientMetadata(body);
      if (!read.ok) return read;
      const { metadata } = read;
      if (metadata.type !== known.client.type)
        return refusedMetadata(
          'token_endpoint_auth_method cannot change between none and a secret. Register another client.',
        );
      const next: Client = {
        ...known.client,
        redirectUris: metadata.redirectUris,
        postLogoutRedirectUris: metadata.postLogoutRedirectUris,
        scopes: requested(metadata),
      };
      const name = nameOf(metadata);
      const change = described(metadata);
      const { licenseId, appId } = registration;
      await storage.write(async (stores) => {
        const now = clock.now();
        await stores.apps.touchApp(licenseId, appId, undefined, now);
        const details = await stores.apps.app(licenseId, appId);
        if (!details) throw unauthenticated('The client is gone.', 'registration_token_wrong');
        const { version, shortDescription } = details.app;
        await stores.apps.updateApp(licenseId, appId, { version, name, shortDescription, now });
        await stores.apps.updateClient(next);
        await stores.registrations.updateRegistration(registration.key, change);
        await deps.audit(stores, actor, 'app.registration_updated', {
          licenseId,
          clientId,
          detail: {
            app_id: appId,
            app_name: name,
            redirect_uris: next.redirectUris,
            post_logout_redirect_uris: next.postLogoutRedirectUris,
            scopes: metadata.scopes.ids,
          },
        });
      });
      revoker.clientsChanged();
      const value: RegisteredSelf = {
        client: next,
        name,
        registration: { ...registration, ...change, verifiedAt: null },
        organizationId,
        registrationToken: token,
      };
      return { ok: true, value };
    },

    async delete(organizationId, clientId, bearer, actor) {
      const { registration } = await needRegistration(organizationId, clientId, bearer);
      await storage.write((stores) => removeApp(stores, registration, actor, 'by itself'));
      revoker.clientsChanged();
    },

    async onlyOrganization() {
      const [one, ...others] = await storage.read.registrations.organizationsWithRegistration(2);
      return others.length === 0 ? one : undefined;
    },

    async purge() {
      const before = clock.now() - ABANDONED_AFTER;
      const purged = await storage.write(async (stores) => {
        const abandoned = await stores.registrations.abandonedRegistrations(before, ABANDONED_BATCH);
        for (const registration of abandoned) await removeApp(stores, registration, NOBODY, 'abandoned');
        return abandoned.length;
      });
      if (purged > 0) revoker.clientsChanged();
      return purged;
    },
  };
}

function refusedMetadata(message: string): Registered<never> {
  return { ok: false, error: 'invalid_client_metadata', message };
}

/** A name of its own, or where it lives: people must be shown something. */
function nameOf({ name, redirectUris }: ClientMetadata): string {
  const given = cleanLine(name ?? '');
  if (given !== '') return given;
  const [first] = redirectUris;
  return first !== undefined && URL.canParse(first)
    ? new URL(first).host || first.slice(0, 100)
    : 'Unnamed app';
}

/** All optional: a person whose role does not allow one is granted the others. */
function requested({ scopes }: ClientMetadata): RequestedScope[] {
  return scopes.ids.map((scope) => ({ scope, required: false }));
}

function described({
  authMethod,
  grantTypes,
  clientUri,
}: ClientMetadata): Pick<Registration, 'authMethod' | 'grantTypes' | 'clientUri'> {
  return { authMethod, grantTypes, clientUri: clientUri ?? null };
}
