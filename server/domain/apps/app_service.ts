import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import { type ClientSwitches, type ClientType, type Profile, policyOf } from '../../oauth/client_profile.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';
import {
  appNameProblem,
  LIMITS,
  readIcon,
  readRequestedScopes,
  redirectUriProblems,
  shortDescriptionProblem,
} from './app_rules.ts';
import { makeClientSecret } from './client_secret.ts';
import type { InstallationEffects, InstalledBlock } from './installation_effects.ts';
import type { AppDetails, AppIcon, Client, ClientOfApp, ClientSecret, Product } from './records.ts';

/** Who changes an app: an owner or administrator of the organization that it belongs to. */
export interface Editor {
  licenseId: number;
  accountId: string;
  actor: Actor;
}

export interface AuthorizationSettings {
  version: number;
  redirectUris: string[];
  /** Left as they are where it is missing. */
  postLogoutRedirectUris?: string[] | undefined;
  scopes: { scope: string; required: boolean }[];
  profile: Profile;
  switches: ClientSwitches;
}

export interface AppService {
  list(
    licenseId: number,
    page: { search: string; before: number | undefined; limit: number },
  ): Promise<{ apps: Omit<AppDetails, 'secrets'>[]; total: number; next: number | undefined }>;
  /** @throws GatehouseError `not_found` */
  get(licenseId: number, appId: string): Promise<AppDetails>;
  create(editor: Editor, form: { name: string; product: Product }): Promise<AppDetails>;
  /** @throws GatehouseError `conflict` when somebody else changed the app meanwhile */
  update(
    editor: Editor,
    appId: string,
    change: { version: number; name?: string; shortDescription?: string },
  ): Promise<AppDetails>;
  /** Every token of it dies with it. */
  delete(editor: Editor, appId: string, typedName: string): Promise<void>;
  setIcon(editor: Editor, appId: string, bytes: Buffer | undefined): Promise<AppDetails>;
  icon(appId: string): Promise<AppIcon | undefined>;
  /** @returns the secret of a server-side app, readable this once */
  addAuthorization(
    editor: Editor,
    appId: string,
    type: ClientType,
  ): Promise<{ details: AppDetails; clientSecret?: string }>;
  updateAuthorization(editor: Editor, appId: string, settings: AuthorizationSettings): Promise<AppDetails>;
  removeAuthorization(editor: Editor, appId: string, version: number): Promise<AppDetails>;
  addSecret(
    editor: Editor,
    appId: string,
  ): Promise<{ details: AppDetails; clientSecret: string; secretKey: number }>;
  retireSecret(editor: Editor, appId: string, secretKey: number): Promise<AppDetails>;
  /** What its blocks bring comes with it, and goes with it: all or nothing. */
  install(editor: Editor, appId: string): Promise<AppDetails>;
  uninstall(editor: Editor, appId: string): Promise<AppDetails>;
  /** What an installation brings, by block. */
  installs(client: Client): Promise<{ block: InstalledBlock; names: string[] }[]>;
  client(clientId: string): Promise<ClientOfApp | undefined>;
  /** The live secret that was presented, compared in constant time; undefined when none fits. */
  matchSecret(clientId: string, secret: string): Promise<ClientSecret | undefined>;
}

/** What must happen elsewhere when a client goes; part of the same unit of work. */
export interface ClientRevoker {
  revokeClient(stores: Stores, clientId: string, reason: string): Promise<void>;
  /** What was got by one secret of it alone. */
  revokeSecret(stores: Stores, clientId: string, secretKey: number): Promise<void>;
  /** Caches forget what they knew of clients. */
  clientsChanged(): void;
}

export function createAppService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  audit: Audit;
  revoker: ClientRevoker;
  effects: InstallationEffects;
}): AppService {
  const { storage, clock, audit, revoker, effects } = deps;

  async function need(stores: Stores, licenseId: number, appId: string): Promise<AppDetails> {
    const details = await stores.apps.app(licenseId, appId);
    if (!details) throw new GatehouseError('not_found', 'There is no app with this id in your organization.');
    return details;
  }

  async function needClient(
    stores: Stores,
    licenseId: number,
    appId: string,
  ): Promise<AppDetails & { client: Client }> {
    const details = await need(stores, licenseId, appId);
    if (!details.client)
      throw new GatehouseError('not_found', 'This app has no App Authorization block yet. Add it first.');
    return { ...details, client: details.client };
  }

  /** One unit of work that changes an app, and the app as it is afterwards. */
  async function change(
    { licenseId }: Editor,
    appId: string,
    work: (stores: Stores, details: AppDetails) => Promise<void>,
  ): Promise<AppDetails> {
    const after = await storage.write(async (stores) => {
      await work(stores, await need(stores, licenseId, appId));
      return need(stores, licenseId, appId);
    });
    revoker.clientsChanged();
    return after;
  }

  /** The app, held until the unit of work ends: who changes its blocks comes before or after. */
  async function hold(stores: Stores, { licenseId }: Editor, appId: string): Promise<AppDetails> {
    await stores.apps.touchApp(licenseId, appId, undefined, clock.now());
    return need(stores, licenseId, appId);
  }

  /** Its blocks are about to go: wherever they brought something, that goes first. */
  async function takeBackEverywhere(stores: Stores, editor: Editor, details: AppDetails): Promise<void> {
    for (const { licenseId } of await stores.apps.installations(details.app.id))
      await effects.uninstalled(stores, details, {
        licenseId,
        accountId: editor.accountId,
        now: clock.now(),
      });
  }

  function conflict(current: AppDetails): GatehouseError {
    return new GatehouseError(
      'conflict',
      'Somebody else changed this app meanwhile. Look at the present state before you save yours.',
      { data: { current_version: current.app.version } },
    );
  }

  function log(
    stores: Stores,
    editor: Editor,
    action: AuditAction,
    details: AppDetails,
    extra: Record<string, unknown> = {},
  ) {
    return audit(stores, editor.actor, action, {
      licenseId: editor.licenseId,
      accountId: editor.accountId,
      clientId: details.client?.clientId ?? null,
      detail: { app_id: details.app.id, app_name: details.app.name, ...extra },
    });
  }

  return {
    async list(licenseId, { search, before, limit }) {
      const [rows, total] = await Promise.all([
        storage.read.apps.apps(licenseId, { search, before, limit: limit + 1 }),
        storage.read.apps.countApps(licenseId, search),
      ]);
      const apps = rows.slice(0, limit);
      return { apps, total, next: rows.length > limit ? apps.at(-1)?.app.key : undefined };
    },

    get: (licenseId, appId) => need(storage.read, licenseId, appId),

    async create(editor, form) {
      const name = cleanLine(form.name);
      refuse([appNameProblem(name)]);
      return storage.write(async (stores) => {
        if ((await stores.apps.countApps(editor.licenseId, '')) >= LIMITS.appsPerOrganization)
          throw new GatehouseError(
            'limit_reached',
            `An organization may have at most ${LIMITS.appsPerOrganization} apps.`,
          );
        const now = clock.now();
        const id = deps.identifiers.uuid();
        await stores.apps.addApp({
          key: deps.identifiers.key(),
          id,
          licenseId: editor.licenseId,
          name,
          product: form.product,
          shortDescription: '',
          visibility: 'private',
          version: 1,
          createdBy: editor.accountId,
          createdAt: now,
          updatedAt: now,
        });
        const details = await need(stores, editor.licenseId, id);
        await log(stores, editor, 'app.created', details);
        return details;
      });
    },

    async update(editor, appId, { version, name, shortDescription }) {
      return change(editor, appId, async (stores, details) => {
        const next = {
          name: name === undefined ? details.app.name : cleanLine(name),
          shortDescription:
            shortDescription === undefined ? details.app.shortDescription : cleanLine(shortDescription),
        };
        refuse([appNameProblem(next.name), shortDescriptionProblem(next.shortDescription)]);
        const written = await stores.apps.updateApp(editor.licenseId, appId, {
          version,
          ...next,
          now: clock.now(),
        });
        if (!written) throw conflict(details);
        await log(stores, editor, 'app.updated', details);
      });
    },

    async delete(editor, appId, typedName) {
      await storage.write(async (stores) => {
        // First of all, since it holds the app's row: what is issued for the app is there by now, or refused.
        await stores.apps.touchApp(editor.licenseId, appId, undefined, clock.now());
        const details = await need(stores, editor.licenseId, appId);
        if (cleanLine(typedName) !== details.app.name)
          refuse([
            { field: 'name', message: `Type the name of the app, "${details.app.name}", to delete it.` },
          ]);
        await takeBackEverywhere(stores, editor, details);
        if (details.client) await revoker.revokeClient(stores, details.client.clientId, 'app_deleted');
        await stores.apps.deleteApp(editor.licenseId, appId);
        await log(stores, editor, 'app.deleted', details);
      });
      revoker.clientsChanged();
    },

    setIcon: (editor, appId, bytes) =>
      change(editor, appId, async (stores, details) => {
        const icon = bytes && {
          ...readIcon(bytes),
          bytes,
          digest: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
        };
        await stores.apps.setIcon(editor.licenseId, appId, icon);
        await stores.apps.touchApp(editor.licenseId, appId, undefined, clock.now());
        await log(stores, editor, 'app.updated', details, { icon: icon ? 'changed' : 'removed' });
      }),

    icon: (appId) => storage.read.apps.icon(appId),

    async addAuthorization(editor, appId, type) {
      let clientSecret: string | undefined;
      const details = await change(editor, appId, async (stores, before) => {
        const now = clock.now();
        const client: Client = {
          clientId: deps.random.bytes(16).toString('hex'),
          appId,
          licenseId: editor.licenseId,
          type,
          profile: 'compatible',
          redirectUris: [],
          postLogoutRedirectUris: [],
          scopes: [],
          switches: {
            acceptSubPaths: false,
            allowPlainHttp: false,
            rotateRefreshTokens: type === 'javascript_app',
          },
          createdAt: now,
        };
        if (before.client || !(await stores.apps.addClient(client)))
          throw new GatehouseError('already_exists', 'This app has an App Authorization block already.');
        if (type === 'server_side_app') {
          const { secret, text } = makeClientSecret(deps, client.clientId, now);
          await stores.apps.addSecret(secret);
          clientSecret = text;
        }
        await stores.apps.touchApp(editor.licenseId, appId, undefined, now);
        await log(stores, editor, 'authorization.added', { ...before, client }, { type });
      });
      return clientSecret === undefined ? { details } : { details, clientSecret };
    },

    updateAuthorization: (editor, appId, settings) =>
      change(editor, appId, async (stores) => {
        const details = await needClient(stores, editor.licenseId, appId);
        if (details.registration && settings.profile !== 'strict')
          refuse([
            {
              field: 'profile',
              message: 'This app registered itself. Such apps are always held to the strict profile.',
            },
          ]);
        const organization = await stores.identity.organization(editor.licenseId);
        const redirectUris = settings.redirectUris.map((uri) => uri.trim());
        const postLogoutRedirectUris =
          settings.postLogoutRedirectUris?.map((uri) => uri.trim()) ?? details.client.postLogoutRedirectUris;
        const next: Client = {
          ...details.client,
          redirectUris,
          postLogoutRedirectUris,
          scopes: readRequestedScopes(settings.scopes),
          profile: settings.profile,
          switches: settings.switches,
        };
        const policy = policyOf(next, { forceStrict: organization?.forceStrict ?? false });
        refuse([
          ...redirectUriProblems(redirectUris, policy.redirect),
          ...redirectUriProblems(postLogoutRedirectUris, policy.redirect, 'post_logout_redirect_uris'),
        ]);
        const written = await stores.apps.touchApp(editor.licenseId, appId, settings.version, clock.now());
        if (!written) throw conflict(details);
        await stores.apps.updateClient(next);
        await log(stores, editor, 'authorization.updated', details, {
          redirect_uris: redirectUris,
          post_logout_redirect_uris: postLogoutRedirectUris,
          scopes: next.scopes,
          profile: next.profile,
          switches: next.switches,
        });
      }),

    removeAuthorization: (editor, appId, version) =>
      change(editor, appId, async (stores) => {
        const details = await needClient(stores, editor.licenseId, appId);
        if (!(await stores.apps.touchApp(editor.licenseId, appId, version, clock.now())))
          throw conflict(details);
        await takeBackEverywhere(stores, editor, details);
        await revoker.revokeClient(stores, details.client.clientId, 'authorization_removed');
        await stores.apps.deleteClient(editor.licenseId, appId);
        await log(stores, editor, 'authorization.removed', details);
      }),

    async addSecret(editor, appId) {
      let added: { secret: ClientSecret; text: string } | undefined;
      const details = await change(editor, appId, async (stores) => {
        // First of all, since it holds the app's row: who counts its secrets next sees this one.
        await stores.apps.touchApp(editor.licenseId, appId, undefined, clock.now());
        const before = await needClient(stores, editor.licenseId, appId);
        if (before.client.type !== 'server_side_app')
          refuse([
            {
              field: 'type',
              message: 'A JavaScript app runs where everybody can read it, so that it has no secret.',
            },
          ]);
        const live = before.secrets.filter((secret) => secret.retiredAt === null);
        if (live.length >= LIMITS.liveSecrets)
          throw new GatehouseError(
            'limit_reached',
            `An app may have ${LIMITS.liveSecrets} live secrets. Retire the one that is no longer used first.`,
          );
        added = makeClientSecret(deps, before.client.clientId, clock.now());
        await stores.apps.addSecret(added.secret);
        await log(stores, editor, 'client_secret.added', before, { hint: added.secret.hint });
      });
      if (!added) throw new GatehouseError('internal', 'The secret was not made.');
      return { details, clientSecret: added.text, secretKey: added.secret.key };
    },

    retireSecret: (editor, appId, secretKey) =>
      change(editor, appId, async (stores) => {
        await stores.apps.touchApp(editor.licenseId, appId, undefined, clock.now());
        const details = await needClient(stores, editor.licenseId, appId);
        const live = details.secrets.filter((secret) => secret.retiredAt === null);
        const retired = live.find((secret) => secret.key === secretKey);
        if (!retired) throw new GatehouseError('not_found', 'This app has no live secret with this id.');
        if (live.length === 1)
          throw new GatehouseError(
            'limit_reached',
            'This is the last secret: without one the app cannot exchange codes. Generate a new secret first.',
          );
        await stores.apps.retireSecret(details.client.clientId, secretKey, clock.now());
        await revoker.revokeSecret(stores, details.client.clientId, secretKey);
        await log(stores, editor, 'client_secret.retired', details, { hint: retired.hint });
      }),

    install: (editor, appId) =>
      change(editor, appId, async (stores) => {
        const details = await hold(stores, editor, appId);
        const { licenseId, accountId } = editor;
        const now = clock.now();
        if (!(await stores.apps.install({ appId, licenseId, installedBy: accountId, installedAt: now })))
          throw new GatehouseError('already_exists', 'The app is installed already.');
        await effects.installed(stores, details, { licenseId, accountId, now });
        await log(stores, editor, 'app.installed', details);
      }),

    uninstall: (editor, appId) =>
      change(editor, appId, async (stores) => {
        const details = await hold(stores, editor, appId);
        if (!(await stores.apps.uninstall(editor.licenseId, appId)))
          throw new GatehouseError('not_found', 'The app is not installed.');
        const { licenseId, accountId } = editor;
        await effects.uninstalled(stores, details, { licenseId, accountId, now: clock.now() });
        await log(stores, editor, 'app.uninstalled', details);
      }),

    installs: (client) => effects.contents(storage.read, client),

    client: (clientId) => storage.read.apps.client(clientId),

    async matchSecret(clientId, secret) {
      const presented = deps.tokens.hashSecret(secret);
      let matched: ClientSecret | undefined;
      // All are compared, so that the time does not tell which one it was.
      for (const live of await storage.read.apps.liveSecrets(clientId))
        if (sameSecret(presented, live.secretHash)) matched = live;
      return matched;
    },
  };
}

function refuse(problems: (FieldProblem | undefined)[]): void {
  const fields = problems.filter((problem) => problem !== undefined);
  const [first] = fields;
  if (first)
    throw new GatehouseError(
      'validation',
      fields.length === 1 ? first.message : 'Please check the marked fields.',
      { fields },
    );
}
