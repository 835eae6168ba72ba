import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Editor } from './app_service.ts';
import type { InstallationEffects } from './installation_effects.ts';
import type { OfferedApp } from './publishing_store.ts';
import type { AppDetails } from './records.ts';
import { LONGEST_NOTE, MOVES, type Review, type ReviewMove, submissionProblems } from './review_rules.ts';

/** How apps come to other organizations: reviewed by their own, then offered and installed. */
export interface PublishingService {
  /** @throws GatehouseError `not_found` */
  review(licenseId: number, appId: string): Promise<{ review: Review; installations: number }>;
  /**
   * @throws GatehouseError `conflict` in another state, `authorization` for who may not approve, `validation` for
   * an app that lacks something
   */
  move(
    editor: Editor,
    appId: string,
    move: ReviewMove,
    by: { isOwner: boolean; note: string },
  ): Promise<void>;
  offered(
    licenseId: number,
    page: { search: string; before: number | undefined; limit: number },
  ): Promise<{ apps: OfferedApp[]; next: number | undefined }>;
  installed(licenseId: number): Promise<OfferedApp[]>;
  /** Of a public app of whatever organization. @throws GatehouseError `not_found`, `already_exists` */
  install(editor: Editor, appId: string): Promise<OfferedApp>;
  /** Of whatever is installed, also when it is not offered any more. @throws GatehouseError `not_found` */
  uninstall(editor: Editor, appId: string): Promise<void>;
}

const NOTHING_YET: Review = { state: 'developing', note: '', changedBy: null, changedAt: null };

export function publishing(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  effects: InstallationEffects;
  /** Caches forget what they knew of clients. */
  changed(): void;
}): PublishingService {
  const { storage, clock, audit, effects } = deps;

  /** What is public is published, however it became so: seeds bring apps that nobody reviewed. */
  async function stateOf(stores: Stores, { app }: AppDetails): Promise<Review> {
    const review = (await stores.publishing.review(app.licenseId, app.id)) ?? NOTHING_YET;
    if (app.visibility === 'public') return { ...review, state: 'published' };
    return review.state === 'published' ? { ...review, state: 'accepted' } : review;
  }

  async function own(stores: Stores, licenseId: number, appId: string): Promise<AppDetails> {
    const details = await stores.apps.app(licenseId, appId);
    if (!details) throw new GatehouseError('not_found', 'There is no app with this id in your organization.');
    return details;
  }

  /** The app in its own organization, held until the unit of work ends. */
  async function held(
    stores: Stores,
    editor: Editor,
    appId: string,
  ): Promise<{ offer: OfferedApp; details: AppDetails }> {
    const offer = await stores.publishing.offeredApp(editor.licenseId, appId);
    if (!offer) throw new GatehouseError('not_found', 'There is no public app with this id.');
    await stores.apps.touchApp(offer.app.licenseId, appId, undefined, clock.now());
    return { offer, details: await own(stores, offer.app.licenseId, appId) };
  }

  function log(
    stores: Stores,
    editor: Editor,
    action: Parameters<Audit>[2],
    { app, client }: AppDetails,
    more = {},
  ) {
    return audit(stores, editor.actor, action, {
      licenseId: editor.licenseId,
      accountId: editor.accountId,
      clientId: client?.clientId ?? null,
      detail: { app_id: app.id, app_name: app.name, ...more },
    });
  }

  return {
    async review(licenseId, appId) {
      const details = await own(storage.read, licenseId, appId);
      const [review, installations] = await Promise.all([
        stateOf(storage.read, details),
        storage.read.publishing.countInstallations(appId),
      ]);
      return { review, installations };
    },

    async move(editor, appId, move, { isOwner, note: given }) {
      const rule = MOVES[move];
      if (rule.by === 'owner' && !isOwner)
        throw new GatehouseError('authorization', 'Only the owner of your organization approves apps.', {
          reason: 'role_too_low',
        });
      const note = cleanLine(given);
      if (note.length > LONGEST_NOTE || (move === 'send_back' && note === ''))
        throw new GatehouseError('validation', `Say why, in at most ${LONGEST_NOTE} characters.`, {
          fields: [{ field: 'note', message: 'Say what has to change.' }],
        });
      await storage.write(async (stores) => {
        await stores.apps.touchApp(editor.licenseId, appId, undefined, clock.now());
        const details = await own(stores, editor.licenseId, appId);
        const { state } = await stateOf(stores, details);
        const written =
          state === rule.from &&
          (await stores.publishing.moveReview(editor.licenseId, appId, {
            from: state,
            to: rule.to,
            note: move === 'send_back' ? note : '',
            changedBy: editor.accountId,
            now: clock.now(),
          }));
        if (!written)
          throw new GatehouseError(
            'conflict',
            `The app is ${state} by now, and this is done with one that is ${rule.from}.`,
            { data: { state } },
          );
        const fields = move === 'submit' ? submissionProblems(details) : [];
        const [first] = fields;
        if (first) throw new GatehouseError('validation', first.message, { fields });
        await log(stores, editor, 'app.review_moved', details, { from: state, to: rule.to });
      });
      deps.changed();
    },

    async offered(licenseId, { search, before, limit }) {
      const rows = await storage.read.publishing.offered(licenseId, { search, before, limit: limit + 1 });
      const apps = rows.slice(0, limit);
      return { apps, next: rows.length > limit ? apps.at(-1)?.app.key : undefined };
    },

    installed: (licenseId) => storage.read.publishing.installed(licenseId),

    async install(editor, appId) {
      const { licenseId, accountId } = editor;
      const installed = await storage.write(async (stores) => {
        const { offer, details } = await held(stores, editor, appId);
        if (details.app.visibility !== 'public' && details.app.licenseId !== licenseId)
          throw new GatehouseError('not_found', 'There is no public app with this id.');
        const now = clock.now();
        if (!(await stores.apps.install({ appId, licenseId, installedBy: accountId, installedAt: now })))
          throw new GatehouseError('already_exists', `${offer.app.name} is installed already.`);
        await effects.installed(stores, details, { licenseId, accountId, now });
        await log(stores, editor, 'app.installed', details);
        return { ...offer, installation: { appId, licenseId, installedBy: accountId, installedAt: now } };
      });
      deps.changed();
      return installed;
    },

    async uninstall(editor, appId) {
      const { licenseId, accountId } = editor;
      await storage.write(async (stores) => {
        const { details } = await held(stores, editor, appId);
        if (!(await stores.apps.uninstall(licenseId, appId)))
          throw new GatehouseError('not_found', 'The app is not installed in your organization.');
        await effects.uninstalled(stores, details, { licenseId, accountId, now: clock.now() });
        await log(stores, editor, 'app.uninstalled', details);
      });
      deps.changed();
    },
  };
}
