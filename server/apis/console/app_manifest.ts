import Type from 'typebox';
import type { AppliedManifest } from '../../domain/apps/app_manifests.ts';
import { Manifest } from '../../domain/apps/manifest.ts';
import { consoleMethod } from '../registry/method.ts';
import type { Services } from '../services.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId, Version } from './schemas.ts';

const changes = Type.Array(Type.Object({ path: Type.String(), from: Type.Unknown(), to: Type.Unknown() }), {
  description: 'Where the manifest and the app differ.',
});
const applied = Type.Object({
  app: App,
  changes,
  client_secret: Type.Optional(
    Type.String({ description: 'Of a block that came with it; shown this once.' }),
  ),
});

async function presentApplied(services: Services, { details, changes: made, clientSecret }: AppliedManifest) {
  return {
    app: await presentApp(services, details),
    changes: made,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  };
}

const getAppManifest = consoleMethod({
  name: 'get_app_manifest',
  summary: 'Export an app as a manifest, with the keys of livechat.config.json',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/manifest' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Object({ manifest: Manifest, version: Version }),
  errors: ['not_found'],
  handler: ({ services, caller, input }) =>
    services.manifests.read(caller.organization.licenseId, appIdOf(input)),
});

const diffAppManifest = consoleMethod({
  name: 'diff_app_manifest',
  summary: 'Compare a manifest with an app; nothing is changed',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'POST', path: '/console/api/apps/:app_id/manifest/diff' },
  input: Type.Object({ app_id: AppId, manifest: Manifest }, { additionalProperties: false }),
  output: Type.Object({ changes, version: Version }),
  errors: ['not_found'],
  handler: ({ services, caller, input }) =>
    services.manifests.diff(caller.organization.licenseId, appIdOf(input), input.manifest),
});

const applyAppManifest = consoleMethod({
  name: 'apply_app_manifest',
  summary: 'Make an app as its manifest says; what the manifest leaves out stays as it is',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'PUT', path: '/console/api/apps/:app_id/manifest' },
  input: Type.Object(
    { app_id: AppId, version: Version, manifest: Manifest },
    { additionalProperties: false },
  ),
  output: applied,
  errors: ['not_found', 'conflict', 'already_exists'],
  async handler(context) {
    const { services, input } = context;
    const { manifests } = services;
    return presentApplied(
      services,
      await manifests.apply(editorOf(context), appIdOf(input), input.manifest, input.version),
    );
  },
});

const importApp = consoleMethod({
  name: 'import_app',
  summary: 'Make a new app from a manifest',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'POST', path: '/console/api/app_imports', status: 201 },
  input: Type.Object({ manifest: Manifest }, { additionalProperties: false }),
  output: applied,
  errors: ['limit_reached'],
  handler: async (context) =>
    presentApplied(
      context.services,
      await context.services.manifests.create(editorOf(context), context.input.manifest),
    ),
});

/** Apps as manifests. */
export const manifestMethods = [getAppManifest, diffAppManifest, applyAppManifest, importApp] as const;
