import type { Clock, Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { seal } from '../../kernel/sealing.ts';
import { announceWebhooks } from '../announcements.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { OutgoingRequests } from '../outgoing.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Delivery, DeliveryState, Webhook, WebhookType } from './webhook.ts';
import { type WebhookDirectory, webhookDirectory } from './webhook_directory.ts';
import { MOST_OF_AN_ACTION, type WebhookForm, webhookProblems } from './webhook_rules.ts';
import { SECRETS, type WebhookSender, webhookSender } from './webhook_sender.ts';
import type { AppWithWebhooks } from './webhook_store.ts';

/** Somebody of an organization who deals with the webhooks of an app. */
export interface WebhookEditor {
  licenseId: number;
  clientId: string;
  accountId: string | null;
  actor: Actor;
}

export interface DeliveryPage {
  deliveries: Delivery[];
  next: number | undefined;
}

/** Webhooks of apps: what is registered, where it is switched off, and how deliveries went. */
export interface WebhookService {
  /** @throws GatehouseError `validation`, `limit_reached`, `authorization` for an app of others. @returns the id */
  register(editor: WebhookEditor, type: Exclude<WebhookType, 'app'>, form: WebhookForm): Promise<string>;
  /** What was on its way goes with it. @throws GatehouseError `not_found`, `authorization` */
  unregister(editor: WebhookEditor, id: string): Promise<void>;
  /** @throws GatehouseError `authorization` */
  list(editor: Pick<WebhookEditor, 'licenseId' | 'clientId'>): Promise<Webhook[]>;
  /** For the editor's own organization. @throws GatehouseError `not_found` for an app that is not there */
  switch(editor: WebhookEditor, on: boolean): Promise<void>;
  isOn(editor: Pick<WebhookEditor, 'licenseId' | 'clientId'>): Promise<boolean>;

  /** Of the apps that an organization has installed. */
  ofOrganization(licenseId: number): Promise<AppWithWebhooks[]>;
  deliveries(
    licenseId: number,
    page: { state?: DeliveryState | undefined; before?: number | undefined; limit: number },
  ): Promise<DeliveryPage>;
  counts(licenseId: number): Promise<Record<DeliveryState, number>>;
  /** @throws GatehouseError `not_found` for one that was not given up */
  sendAgain(editor: Omit<WebhookEditor, 'clientId'>, key: number): Promise<void>;
  directory: WebhookDirectory;
  sender: WebhookSender;
}

export interface WebhookServiceDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  audit: Audit;
  settings: { developmentMode: boolean };
  maxAge(): Micros;
  outgoing: OutgoingRequests;
}

export function createWebhookService(deps: WebhookServiceDeps): WebhookService {
  const { storage, clock, identifiers, random, audit, settings } = deps;
  const sealing = deps.keyring.derive(SECRETS);
  const sender = webhookSender(deps);
  const directory = webhookDirectory({
    read: (licenseId) => storage.read.webhooks.activeWebhooks(licenseId),
    clock,
    maxAge: deps.maxAge,
  });

  async function needOwn({
    licenseId,
    clientId,
  }: Pick<WebhookEditor, 'licenseId' | 'clientId'>): Promise<void> {
    const owner = (await storage.read.apps.client(clientId))?.organization.licenseId;
    if (owner !== licenseId) throw notOwned();
  }

  /** A change of what is sent where, written down, and heard by every server. */
  async function change<T>(
    editor: WebhookEditor,
    action: 'webhook.registered' | 'webhook.unregistered' | 'webhooks.turned_on' | 'webhooks.turned_off',
    unit: (stores: Stores, note: (detail: Record<string, unknown>) => void) => Promise<T>,
  ): Promise<T> {
    try {
      return await storage.write(async (stores) => {
        let detail: Record<string, unknown> = {};
        const value = await unit(stores, (noted) => {
          detail = noted;
        });
        const { licenseId, accountId, clientId } = editor;
        await audit(stores, editor.actor, action, { licenseId, accountId, clientId, detail });
        await announceWebhooks(stores);
        return value;
      });
    } finally {
      // An app may be installed in many organizations.
      directory.forgetAll();
    }
  }

  return {
    async register(editor, type, form) {
      await needOwn(editor);
      const fields = webhookProblems(form, settings.developmentMode);
      const [first] = fields;
      if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields });
      const { licenseId, clientId } = editor;
      return change(editor, 'webhook.registered', async ({ webhooks }, note) => {
        await webhooks.lockWebhooks(licenseId, clientId);
        const same = (await webhooks.webhooksOf(licenseId, clientId)).filter(
          ({ action }) => action === form.action,
        );
        if (same.length >= MOST_OF_AN_ACTION)
          throw new GatehouseError(
            'limit_reached',
            `This app has ${same.length} webhooks for ${form.action}, and that is the most. Unregister one of them first.`,
          );
        const id = random.bytes(12).toString('hex');
        await webhooks.addWebhook({
          key: identifiers.key(),
          id,
          licenseId,
          clientId,
          type,
          action: form.action,
          url: form.url,
          description: form.description,
          secret: seal(sealing, random, form.secretKey),
          additionalData: [...new Set(form.additionalData)],
          filters: form.filters,
          createdAt: clock.now(),
        });
        note({ webhook_id: id, action: form.action, url: form.url });
        return id;
      });
    },
    async unregister(editor, id) {
      await needOwn(editor);
      await change(editor, 'webhook.unregistered', async ({ webhooks }, note) => {
        if (!(await webhooks.removeWebhook(editor.licenseId, editor.clientId, id)))
          throw new GatehouseError('not_found', 'This app has no webhook with this id.');
        note({ webhook_id: id });
      });
    },
    async list(editor) {
      await needOwn(editor);
      const all = await storage.read.webhooks.webhooksOf(editor.licenseId, editor.clientId);
      return all.filter(({ type }) => type !== 'app');
    },
    async switch(editor, on) {
      const { licenseId, clientId } = editor;
      await change(editor, on ? 'webhooks.turned_on' : 'webhooks.turned_off', async ({ webhooks }) => {
        if (!(await webhooks.knowsClient(licenseId, clientId))) throw notThere();
        if (on) await webhooks.switchOn(licenseId, clientId);
        else if (await webhooks.switchOff(licenseId, clientId, clock.now()))
          await webhooks.dropQueued(licenseId, clientId);
      });
    },
    async isOn({ licenseId, clientId }) {
      const { webhooks } = storage.read;
      if (!(await webhooks.knowsClient(licenseId, clientId))) throw notThere();
      return !(await webhooks.isSwitchedOff(licenseId, clientId));
    },
    ofOrganization: (licenseId) => storage.read.webhooks.installedApps(licenseId),
    async deliveries(licenseId, { limit, ...page }) {
      const found = await storage.read.webhooks.deliveries(licenseId, { ...page, limit: limit + 1 });
      const deliveries = found.slice(0, limit);
      return { deliveries, next: found.length > limit ? deliveries.at(-1)?.key : undefined };
    },
    counts: (licenseId) => storage.read.webhooks.countDeliveries(licenseId),
    async sendAgain({ licenseId, accountId, actor }, key) {
      await storage.write(async (stores) => {
        if (!(await stores.webhooks.sendAgain(licenseId, key, clock.now())))
          throw new GatehouseError('not_found', 'There is no delivery with this id that was given up.');
        const detail = { delivery: String(key) };
        await audit(stores, actor, 'webhook.sent_again', { licenseId, accountId, clientId: null, detail });
      });
      sender.wake();
    },
    directory,
    sender,
  };
}

/** The same words for an app that does not exist and for one of another organization. */
function notOwned(): GatehouseError {
  return new GatehouseError(
    'authorization',
    'owner_client_id is not the Client Id of an app of your organization.',
  );
}

function notThere(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'owner_client_id is not the Client Id of an app that your organization has or installed.',
  );
}
