import { GatehouseError } from '../../kernel/errors.ts';
import { appNameProblem, shortDescriptionProblem } from './app_rules.ts';
import type { AppService, Editor } from './app_service.ts';
import { type Manifest, type ManifestChange, manifestChanges, manifestOf, settingsOf } from './manifest.ts';
import type { AppDetails } from './records.ts';

export interface AppliedManifest {
  details: AppDetails;
  changes: ManifestChange[];
  /** Of a block that came with it; readable this once. */
  clientSecret?: string;
}

/** Apps as files: read, compared and applied. */
export interface AppManifests {
  /** @throws GatehouseError `not_found` */
  read(licenseId: number, appId: string): Promise<{ manifest: Manifest; version: number }>;
  /** @throws GatehouseError `not_found`, `validation` for what cannot be changed */
  diff(
    licenseId: number,
    appId: string,
    wanted: Manifest,
  ): Promise<{ changes: ManifestChange[]; version: number }>;
  /**
   * @param version of the app that the changes were looked at on
   * @throws GatehouseError `conflict` when somebody else changed the app meanwhile, `validation`
   */
  apply(editor: Editor, appId: string, wanted: Manifest, version: number): Promise<AppliedManifest>;
  /** A new app like it. Ids are its own. */
  create(editor: Editor, wanted: Manifest): Promise<AppliedManifest>;
}

export function appManifests({ apps }: { apps: AppService }): AppManifests {
  async function applyTo(editor: Editor, before: AppDetails, wanted: Manifest): Promise<AppliedManifest> {
    const changes = manifestChanges(manifestOf(before), wanted);
    if (changes.length === 0) return { details: before, changes };
    checkWords(wanted);
    const appId = before.app.id;
    let details = before;
    let clientSecret: string | undefined;
    const block = wanted.blocks?.authorization;
    if (block && !before.client) {
      const added = await apps.addAuthorization(editor, appId, block.type);
      details = added.details;
      clientSecret = added.clientSecret;
    }
    // First the part that may be refused; the version keeps anybody else from coming in between.
    const settings = changes.some(({ path }) => path.startsWith('blocks.'))
      ? settingsOf(details, wanted)
      : undefined;
    if (settings) details = await apps.updateAuthorization(editor, appId, settings);
    if (changes.some(({ path }) => path === 'name' || path === 'shortDescription'))
      details = await apps.update(editor, appId, {
        version: details.app.version,
        name: wanted.name,
        ...(wanted.shortDescription === undefined ? {} : { shortDescription: wanted.shortDescription }),
      });
    return { details, changes, ...(clientSecret === undefined ? {} : { clientSecret }) };
  }

  return {
    async read(licenseId, appId) {
      const details = await apps.get(licenseId, appId);
      return { manifest: manifestOf(details), version: details.app.version };
    },
    async diff(licenseId, appId, wanted) {
      const details = await apps.get(licenseId, appId);
      return { changes: manifestChanges(manifestOf(details), wanted), version: details.app.version };
    },
    async apply(editor, appId, wanted, version) {
      const details = await apps.get(editor.licenseId, appId);
      if (details.app.version !== version)
        throw new GatehouseError(
          'conflict',
          'Somebody else changed this app meanwhile. Compare the manifest with it again.',
          { data: { current_version: details.app.version } },
        );
      return applyTo(editor, details, wanted);
    },
    async create(editor, { id: _, ...wanted }) {
      checkWords(wanted);
      const made = await apps.create(editor, { name: wanted.name, product: wanted.product ?? 'livechat' });
      try {
        return await applyTo(editor, made, withoutClientId(wanted));
      } catch (error) {
        // What was refused leaves no half of an app behind.
        await apps.delete(editor, made.app.id, made.app.name);
        throw error;
      }
    },
  };
}

/** A new app gets an id of its own. */
function withoutClientId(wanted: Manifest): Manifest {
  const block = wanted.blocks?.authorization;
  if (!block) return wanted;
  const { clientId: _, ...authorization } = block;
  return { ...wanted, blocks: { authorization } };
}

function checkWords(wanted: Manifest): void {
  const problem =
    appNameProblem(wanted.name.trim()) ?? shortDescriptionProblem(wanted.shortDescription ?? '');
  if (problem) throw new GatehouseError('validation', problem.message, { fields: [problem] });
}
