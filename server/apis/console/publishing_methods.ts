import Type from 'typebox';
import type { OfferedApp } from '../../domain/apps/publishing_store.ts';
import { LONGEST_NOTE, movesFrom, reviewMoves, reviewStates } from '../../domain/apps/review_rules.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import { type CallContext, consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { continueList, writeListPageId } from './list_page_id.ts';
import { iconAddress } from './present.ts';
import { AppId, Timestamp } from './schemas.ts';

const Review = Type.Object({
  state: Type.Enum(reviewStates),
  note: Type.String({ description: 'Why it was sent back; empty otherwise.' }),
  changed_at: Type.Union([Timestamp, Type.Null()]),
  moves: Type.Array(Type.Enum(reviewMoves), { description: 'What the caller may do with it now.' }),
  installations: Type.Integer({ description: 'In how many organizations it is installed.' }),
});

const Offer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  short_description: Type.String(),
  organization: Type.String({ description: 'Who made it.' }),
  own: Type.Boolean(),
  public: Type.Boolean(),
  icon_url: Type.Union([Type.String(), Type.Null()]),
  scopes: Type.Array(Type.Object({ scope: Type.String(), words: Type.String(), required: Type.Boolean() })),
  installed_at: Type.Union([Timestamp, Type.Null()]),
});

function presentOffer(
  { app, client, organizationName, iconDigest, installation }: OfferedApp,
  licenseId: number,
) {
  return {
    id: app.id,
    name: app.name,
    short_description: app.shortDescription,
    organization: organizationName,
    own: app.licenseId === licenseId,
    public: app.visibility === 'public',
    icon_url: iconAddress(app.id, iconDigest),
    scopes: (client?.scopes ?? []).map(({ scope, required }) => ({
      scope,
      words: findScope(scope).consent,
      required,
    })),
    installed_at: installation ? formatTimestamp(installation.installedAt) : null,
  };
}

async function presentReview({ services, caller }: CallContext<ConsoleCaller, unknown>, appId: string) {
  const { review, installations } = await services.publishing.review(caller.organization.licenseId, appId);
  return {
    state: review.state,
    note: review.note,
    changed_at: review.changedAt === null ? null : formatTimestamp(review.changedAt),
    moves: movesFrom(review.state, caller.accountRole === 'owner'),
    installations,
  };
}

const getAppReview = consoleMethod({
  name: 'get_app_review',
  summary: 'Read how far an app is on its way to the public',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/review' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Review,
  errors: ['not_found'],
  handler: (context) => presentReview(context, appIdOf(context.input)),
});

const moveAppReview = consoleMethod({
  name: 'move_app_review',
  summary: 'Submit, withdraw, accept, send back, publish or unpublish an app',
  description: 'The owner of the organization accepts and sends back; developers do the rest.',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/apps/:app_id/review' },
  input: Type.Object(
    {
      app_id: AppId,
      move: Type.Enum(reviewMoves),
      note: Type.Optional(Type.String({ maxLength: LONGEST_NOTE, description: 'Why it is sent back.' })),
    },
    { additionalProperties: false },
  ),
  output: Review,
  errors: ['not_found', 'conflict'],
  async handler(context) {
    const { services, caller, input } = context;
    await services.publishing.move(editorOf(context), appIdOf(input), input.move, {
      isOwner: caller.accountRole === 'owner',
      note: input.note ?? '',
    });
    return presentReview(context, appIdOf(input));
  },
});

const PER_PAGE = 24;

const listPublicApps = consoleMethod({
  name: 'list_public_apps',
  summary: 'List the apps that organizations of this server offer to others',
  access: 'member',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/public_apps' },
  input: Type.Object(
    {
      search: Type.Optional(Type.String({ maxLength: 200, description: 'A part of the name.' })),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ apps: Type.Array(Offer), next_page_id: Type.Optional(Type.String()) }),
  async handler({ services, caller, input }) {
    const { licenseId } = caller.organization;
    const search = input.search?.trim() ?? '';
    const before = continueList(input.page_id, { search });
    const { apps, next } = await services.publishing.offered(licenseId, { search, before, limit: PER_PAGE });
    return {
      apps: apps.map((app) => presentOffer(app, licenseId)),
      ...(next === undefined ? {} : { next_page_id: writeListPageId(next, { search }) }),
    };
  },
});

const listInstalledApps = consoleMethod({
  name: 'list_installed_apps',
  summary: 'List the apps that are installed in the organization',
  access: 'member',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/installations' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({ apps: Type.Array(Offer) }),
  async handler({ services, caller }) {
    const { licenseId } = caller.organization;
    return {
      apps: (await services.publishing.installed(licenseId)).map((app) => presentOffer(app, licenseId)),
    };
  },
});

const installPublicApp = consoleMethod({
  name: 'install_public_app',
  summary: 'Install a public app in the organization',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/public_apps/:app_id/installation' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Offer,
  errors: ['not_found', 'already_exists'],
  async handler(context) {
    const { services, caller, input } = context;
    const installed = await services.publishing.install(editorOf(context), appIdOf(input));
    return presentOffer(installed, caller.organization.licenseId);
  },
});

const uninstallPublicApp = consoleMethod({
  name: 'uninstall_public_app',
  summary: 'Uninstall an app from the organization, with all that its installation brought',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/public_apps/:app_id/installation', status: 204 },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Object({}),
  errors: ['not_found'],
  async handler(context) {
    await context.services.publishing.uninstall(editorOf(context), appIdOf(context.input));
    return {};
  },
});

/** Reviews, and apps of other organizations. */
export const publishingMethods = [
  getAppReview,
  moveAppReview,
  listPublicApps,
  listInstalledApps,
  installPublicApp,
  uninstallPublicApp,
] as const;
