import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Audit } from '../identity/audit.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import type { RulesEditor } from './domains.ts';
import { enforceSaml } from './login_methods.ts';
import type { Provisioning, SamlConfiguration } from './records.ts';
import { type SamlFields, samlProblems } from './saml_fields.ts';

/** What a change names; what is left out stays. */
export type SamlChange = Partial<Omit<SamlFields, 'spEntityId'>> & {
  /** An empty text: the default again. */
  spEntityId?: string | undefined;
  active?: boolean | undefined;
  provisioning?: Provisioning | undefined;
  /** The revision that its author saw, where they say it. */
  revision?: number | undefined;
};

/** The identity provider of an organization. */
export interface SamlConfigurations {
  find(licenseId: number): Promise<SamlConfiguration | undefined>;
  /** @throws GatehouseError `not_found` */
  read(licenseId: number): Promise<SamlConfiguration>;
  /** It is not active yet. @throws GatehouseError `validation`, `conflict` when there is one */
  create(
    editor: RulesEditor,
    fields: SamlFields & { provisioning: Provisioning },
  ): Promise<SamlConfiguration>;
  /**
   * Making it active holds people to it, as LiveChat has it; making it inactive lets them sign in otherwise.
   * @throws GatehouseError `validation`, `not_found`, `conflict`
   */
  update(editor: RulesEditor, change: SamlChange): Promise<SamlConfiguration>;
  /** People sign in otherwise from then on. @throws GatehouseError `not_found` */
  remove(editor: RulesEditor): Promise<void>;
}

export function samlConfigurations(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  settings: ServerSettings;
}): SamlConfigurations {
  const { storage, clock, audit } = deps;

  function refuseProblems(fields: SamlFields): void {
    const problems = samlProblems(fields, deps.settings.developmentMode);
    if (problems.length > 0)
      throw new GatehouseError(
        'validation',
        `The SAML configuration has a problem: ${problems[0]?.message}`,
        {
          fields: problems,
        },
      );
  }

  return {
    find: (licenseId) => storage.read.signIn.saml(licenseId),

    async read(licenseId) {
      const found = await storage.read.signIn.saml(licenseId);
      if (!found) throw none();
      return found;
    },

    async create({ licenseId, accountId, actor }, { provisioning, ...raw }) {
      const fields = trimmed(raw);
      refuseProblems(fields);
      const now = clock.now();
      const made = {
        ...fields,
        licenseId,
        active: false,
        provisioning,
        revision: 1,
        createdAt: now,
        updatedAt: now,
      };
      await storage.write(async (stores) => {
        if (!(await stores.signIn.addSaml(made)))
          throw new GatehouseError(
            'conflict',
            'There is a SAML configuration already. Change it with update_saml, or delete it first.',
          );
        const { entrypoint, idpEntityId } = made;
        await audit(stores, actor, 'saml.created', {
          licenseId,
          accountId,
          detail: { entrypoint, idp_entity_id: idpEntityId },
        });
      });
      return made;
    },

    update: (editor, { active, provisioning, spEntityId, revision, ...named }) =>
      storage.write(async (stores) => {
        const { licenseId, accountId, actor } = editor;
        await stores.people.lockOrganization(licenseId);
        const before = await stores.signIn.saml(licenseId);
        if (!before) throw none();
        if (revision !== undefined && revision !== before.revision)
          throw new GatehouseError(
            'conflict',
            'Somebody else changed the SAML configuration meanwhile. Look at the present state before you save yours.',
            { data: { current_version: before.revision } },
          );
        const fields = trimmed({
          entrypoint: named.entrypoint ?? before.entrypoint,
          certificate: named.certificate ?? before.certificate,
          idpEntityId: named.idpEntityId ?? before.idpEntityId,
          spEntityId: spEntityId === undefined ? before.spEntityId : spEntityId.trim() || null,
        });
        refuseProblems(fields);
        const after: SamlConfiguration = {
          ...before,
          ...fields,
          provisioning: provisioning ?? before.provisioning,
          // Switched on by `enforceSaml`, which looks first whether it may be.
          active: active === false ? false : before.active,
          revision: before.revision + 1,
          updatedAt: clock.now(),
        };
        const changed = (
          ['entrypoint', 'certificate', 'idpEntityId', 'spEntityId', 'provisioning'] as const
        ).filter((field) => after[field] !== before[field]);
        if (changed.length > 0 || after.active !== before.active) {
          if (!(await stores.signIn.updateSaml(after, before.revision))) throw none();
          if (changed.length > 0)
            await audit(stores, actor, 'saml.updated', { licenseId, accountId, detail: { changed } });
        }
        if (before.active && active === false) {
          await stores.signIn.releaseLoginMethod(licenseId, 'saml');
          await audit(stores, actor, 'saml.deactivated', { licenseId, accountId });
        }
        if (!before.active && active === true) await enforceSaml(stores, deps, editor);
        return (await stores.signIn.saml(licenseId)) ?? after;
      }),

    remove: ({ licenseId, accountId, actor }) =>
      storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        await stores.signIn.releaseLoginMethod(licenseId, 'saml');
        if (!(await stores.signIn.removeSaml(licenseId))) throw none();
        await audit(stores, actor, 'saml.deleted', { licenseId, accountId });
      }),
  };
}

function trimmed(fields: SamlFields): SamlFields {
  return {
    entrypoint: fields.entrypoint.trim(),
    certificate: fields.certificate.replaceAll('\r\n', '\n').trim(),
    idpEntityId: fields.idpEntityId.trim(),
    spEntityId: fields.spEntityId?.trim() || null,
  };
}

function none(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'The organization has no SAML configuration. create_saml makes one.',
  );
}
