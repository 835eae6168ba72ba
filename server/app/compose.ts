import { webhookPayloads } from '../apis/present/webhook_payload.ts';
import type { Services } from '../apis/services.ts';
import { createAutoAccessService } from '../domain/access/auto_access.ts';
import { createAccountsService } from '../domain/accounts/accounts_service.ts';
import { announceEverything } from '../domain/announcements.ts';
import { appManifests } from '../domain/apps/app_manifests.ts';
import { createAppService } from '../domain/apps/app_service.ts';
import { createBotService } from '../domain/apps/bots.ts';
import { installationEffects } from '../domain/apps/installation_effects.ts';
import { publishing } from '../domain/apps/publishing.ts';
import { createArchiveService } from '../domain/archives/archive_service.ts';
import { botTemplates } from '../domain/bots/bot_templates.ts';
import { botTokens } from '../domain/bots/bot_tokens.ts';
import { organizationBots } from '../domain/bots/organization_bots.ts';
import { templateBots } from '../domain/bots/template_bots.ts';
import { createChatService } from '../domain/chats/chat_service.ts';
import { rememberChats } from '../domain/chats/remembered_chats.ts';
import { type SignalBus, signalBus } from '../domain/chats/signals.ts';
import { createCustomerService } from '../domain/customers/customer_service.ts';
import { NOWHERE, type Places } from '../domain/customers/places.ts';
import type { FileContents } from '../domain/files/file_contents.ts';
import { fileDirectory } from '../domain/files/file_directory.ts';
import { createFileService } from '../domain/files/file_service.ts';
import { squareCropper } from '../domain/files/image_reader.ts';
import { accountCredentials } from '../domain/grants/account_credentials.ts';
import { clientRevoker } from '../domain/grants/client_revoker.ts';
import { createGrantService, credentialCaches } from '../domain/grants/grant_service.ts';
import { auditLog } from '../domain/identity/audit.ts';
import { createIdentityService } from '../domain/identity/identity_service.ts';
import { type PasswordHasher, passwordHasher } from '../domain/identity/password_hasher.ts';
import { peopleDirectory } from '../domain/identity/people_directory.ts';
import { throttle } from '../domain/identity/throttling.ts';
import { createInsightService } from '../domain/insight/insight_service.ts';
import { createLicenseService } from '../domain/license/license_service.ts';
import { rateLimits } from '../domain/limits/rate_limits.ts';
import { createOpenidService } from '../domain/openid/openid_service.ts';
import { createPeopleService } from '../domain/people/people_service.ts';
import { propertyCatalogue } from '../domain/properties/property_catalogue.ts';
import { createPropertyService } from '../domain/properties/property_service.ts';
import { createRegistrationService } from '../domain/registration/registration_service.ts';
import { rememberReads } from '../domain/remembered_reads.ts';
import type { ServerSettings } from '../domain/server_settings.ts';
import type { ResolveTxt } from '../domain/sign_in_rules/domains.ts';
import { createSignInRulesService } from '../domain/sign_in_rules/sign_in_rules_service.ts';
import type { Storage } from '../domain/storage.ts';
import { adviseTag, createTagService } from '../domain/tags/tag_service.ts';
import { createTeamService } from '../domain/team/team_service.ts';
import { installedWebhooks } from '../domain/webhooks/installed_webhooks.ts';
import { webhookOutbox } from '../domain/webhooks/webhook_outbox.ts';
import { createWebhookService } from '../domain/webhooks/webhook_service.ts';
import { createWidgetService } from '../domain/widget/widget_service.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Identifiers, identifiers } from '../kernel/identifiers.ts';
import { type Keyring, keyring } from '../kernel/keyring.ts';
import { type Random, systemRandom } from '../kernel/random.ts';
import { type OpaqueTokens, opaqueTokens } from '../oauth/opaque_token.ts';
import type { Database } from '../storage/engine/database.ts';
import { createStorage } from '../storage/storage.ts';
import { type Cluster, joinCluster } from './cluster.ts';
import { mailWriter } from './mail_writer.ts';
import { dnsTxt } from './outgoing/dns_txt.ts';
import { guardedClient } from './outgoing/guarded_client.ts';
import { newTally, type Tally } from './tally.ts';

/** How long a receiver of webhooks may take to answer. */
const WEBHOOK_PATIENCE_MILLISECONDS = 10_000;

/** Everything below the transports, put together. */
export interface Composition {
  /** The other servers on the same database. */
  cluster: Cluster;
  tally: Tally;
  /** Of what is remembered of people and apps. */
  reads(): { hits: number; misses: number };
  database: Database;
  storage: Storage;
  services: Services;
  /** What happens in chats, for whoever listens at the moment. */
  signals: SignalBus;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  random: Random;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  /** Everything remembered of people, apps and credentials; for changes made to the database from outside. */
  forget(): void;
}

/** The composition root: builds in reading order, and gives each part only what it needs. */
export function compose(parts: {
  database: Database;
  secretKey: Uint8Array;
  clock: Clock;
  settings: ServerSettings;
  /** Where the bytes of uploaded files are kept. */
  contents: FileContents;
  /** Where addresses are; nowhere where it is absent. */
  places?: Places | undefined;
  /** Asks the DNS; tests answer themselves. */
  resolveTxt?: ResolveTxt | undefined;
}): Composition {
  const { database, clock, settings } = parts;
  const random = systemRandom();
  // One process on SQLite hears of every change; on PostgreSQL others may write, and announce it.
  const cluster = joinCluster(database);
  const ids = identifiers(clock, random, cluster.place);
  const keys = keyring(parts.secretKey);
  const tally = newTally();
  const tokens = tally.ofTokens(opaqueTokens(keys, random, settings.region));
  const hasher = passwordHasher();

  const outgoing = {
    allowLoopback: () => settings.developmentMode,
    userAgent: `${settings.productName}/${settings.version}`,
  };
  const { maxAge } = cluster;
  const caches = credentialCaches(maxAge);
  const reads = rememberReads(cluster.announcing(createStorage(database)), {
    clock,
    maxAge,
    changed() {
      caches.forgetAll();
      directory.forgetAll();
      webhooks.directory.forgetAll();
    },
    announce: cluster.alone ? undefined : announceEverything,
  });
  const withoutWebhooks = cluster.alone ? rememberChats(reads.storage) : reads.storage;
  const audit = auditLog(clock, ids);
  const directory = peopleDirectory(withoutWebhooks, clock, maxAge, () => settings.publicUrl);
  const webhooks = createWebhookService({
    storage: withoutWebhooks,
    clock,
    identifiers: ids,
    random,
    keyring: keys,
    audit,
    settings,
    maxAge,
    outgoing: guardedClient({ ...outgoing, patience: WEBHOOK_PATIENCE_MILLISECONDS }),
  });
  const storage = webhookOutbox(withoutWebhooks, {
    directory: webhooks.directory,
    people: directory,
    payloads: webhookPayloads,
    identifiers: ids,
    clock,
    queued: webhooks.sender.wake,
  });
  const shared = { storage, clock, identifiers: ids, random, keyring: keys, tokens };

  const writer = mailWriter(settings.productName);
  const credentials = accountCredentials(() => caches.forgetAll());
  const identity = createIdentityService({
    ...shared,
    hasher,
    writer,
    settings,
    credentials,
    onSettingsChanged: () => caches.forgetAll(),
  });
  const revoker = clientRevoker(clock, () => caches.forgetAll());
  const effects = installationEffects([templateBots(shared), installedWebhooks]);
  const apps = createAppService({ ...shared, audit, revoker, effects });
  const bots = createBotService({ ...shared, audit, onRemoved: () => caches.forgetAll() });
  const crew = {
    ...organizationBots({ ...shared, audit, plan: settings.plan ?? {} }),
    ...botTemplates({ ...shared, audit }),
    ...botTokens({
      ...shared,
      audit,
      onAccessRevoked: (keys) => {
        for (const key of keys) caches.agents.forget(key);
      },
    }),
  };
  const registration = createRegistrationService({ ...shared, audit, revoker });
  const insight = tally.ofRefusals(createInsightService({ ...shared, auditDays: settings.auditDays }));
  const openid = createOpenidService({ ...shared, settings });
  const people = createPeopleService({
    ...shared,
    identity,
    hasher,
    writer,
    settings,
    changed: directory.forget,
  });
  const signInRules = createSignInRulesService({
    ...shared,
    identity,
    hasher,
    credentials,
    settings,
    resolveTxt: parts.resolveTxt ?? dnsTxt(),
    changed: directory.forget,
  });
  const accounts = createAccountsService({
    ...shared,
    identity,
    people,
    hasher,
    writer,
    settings,
    cropSquare: squareCropper(),
    familiesRevoked(keys) {
      for (const key of keys) caches.agents.forgetFamily(key);
    },
    changed: directory.forget,
  });
  const groupsOf = async (licenseId: number) => (await directory.groups(licenseId)).map(({ id }) => id);
  const tags = createTagService({ ...shared, groupsOf });
  const team = createTeamService({
    ...shared,
    people: directory,
    changes: people.changes,
    invitations: people.invitations,
    hasher,
    audit,
    outbox: identity.outbox,
    throttle: identity.throttle,
    writer,
    settings,
    changed: directory.forget,
  });
  const signals = signalBus();
  const catalogue = propertyCatalogue({ store: storage.read.properties, clock, maxAge });
  const properties = createPropertyService({
    ...shared,
    audit,
    catalogue,
    ownsClient: async (licenseId, clientId) =>
      (await storage.read.apps.client(clientId))?.organization.licenseId === licenseId,
    groupsOf,
    maxAge,
  });
  const archives = createArchiveService({ ...shared, people: directory, properties });
  const files = createFileService({ ...shared, contents: parts.contents, settings });
  const autoAccess = createAutoAccessService({
    ...shared,
    people: directory,
    places: parts.places ?? NOWHERE,
    audit,
    maxAge,
  });
  const chats = createChatService({
    ...shared,
    autoAccess,
    people: directory,
    signals,
    properties,
    adviseTag: (licenseId, tag) => adviseTag(storage.read, licenseId, tag),
    files: fileDirectory(storage, () => settings.publicUrl),
    timeouts: settings.chatTimeouts,
  });
  const visiting = {
    ...shared,
    people: directory,
    audit,
    maxAge,
    throttle: throttle(storage, clock, keys),
    outbox: identity.outbox,
    writer,
    settings,
    outgoing: guardedClient(outgoing),
  };
  const customers = createCustomerService(visiting);
  const { availability, predictedAgent } = customers;
  const widget = createWidgetService({
    autoAccess,
    ...visiting,
    availability,
    predictedAgent,
    signals,
    properties,
  });
  const license = createLicenseService({
    ...shared,
    siteName: async (licenseId, url) => (await customers.urlInfo(`license ${licenseId}`, url)).title,
    prechatForm: (licenseId, groupId) => widget.reads.form(licenseId, groupId, 'prechat'),
  });
  const grants = createGrantService({
    ...shared,
    settings,
    readHint: openid.readHint,
    apps,
    audit,
    caches,
    uses: insight.uses,
    steps: insight.firstSteps,
    customers: {
      create: async (licenseId, visit, id) =>
        (await chats.createCustomer({ licenseId, visit, ...(id === undefined ? {} : { id }) })).id,
      exists: async (licenseId, customerId) => (await chats.customer(licenseId, customerId)) !== undefined,
    },
  });
  const services: Services = {
    settings,
    identity,
    people,
    signInRules,
    accounts,
    team,
    apps,
    manifests: appManifests({ apps }),
    publishing: publishing({ ...shared, audit, effects, changed: () => caches.forgetAll() }),
    bots,
    organizationBots: crew,
    autoAccess,
    registration,
    grants,
    openid,
    insight,
    limits: rateLimits(clock, settings.rateQuotas),
    chats,
    properties,
    tags,
    license,
    customers,
    files,
    archives,
    widget,
    webhooks,
  };
  function forgetVisitors(licenseId: number): void {
    customers.door.forget(licenseId);
    autoAccess.forget(licenseId);
    properties.forgetValues(licenseId);
    widget.forget(licenseId);
  }
  function forget(): void {
    catalogue.forget();
    properties.forgetAllValues();
    reads.forget();
    caches.forgetAll();
    directory.forgetAll();
    customers.door.forgetAll();
    autoAccess.forgetAll();
    widget.forgetAll();
    webhooks.directory.forgetAll();
  }
  cluster.follow({
    caches,
    forgetVisitors,
    forgetWebhooks: webhooks.directory.forgetAll,
    forget,
  });
  return {
    cluster,
    tally,
    reads: reads.statistics,
    database,
    storage,
    services,
    signals,
    clock,
    identifiers: ids,
    keyring: keys,
    random,
    tokens,
    hasher,
    forget,
  };
}
