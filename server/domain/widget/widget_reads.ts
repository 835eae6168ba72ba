import { GatehouseError } from '../../kernel/errors.ts';
import { needGroup, type PredictedAgent } from '../customers/predicted_agent.ts';
import type { FormDefinition, FormType } from './forms.ts';
import { onTrustedDomain } from './url_rules.ts';
import {
  configurationOf,
  configurationVersion,
  formOf,
  type GroupConfiguration,
  groupOfPage,
  languageOf,
  localizationVersion,
  phrasesOf,
  settingsOf,
  type WidgetContent,
} from './widget_content.ts';
import type { WidgetDeps } from './widget_service.ts';

/** Docs: customer-chat-api#get-dynamic-configuration. */
export interface DynamicConfiguration {
  groupId: number;
  domainAllowed: boolean;
  onlineGroupIds: number[];
  configVersion: string;
  localizationVersion: string;
  language: string;
}

/** What is said to a customer before they chat, and by whom. */
export interface WelcomeMessage extends PredictedAgent {
  id: string;
  text: string;
}

export interface WidgetReads {
  /** @throws GatehouseError `group_not_found` */
  form(licenseId: number, groupId: number, type: FormType): Promise<FormDefinition>;
  /** @throws GatehouseError `group_not_found` */
  dynamicConfiguration(
    licenseId: number,
    asked: { groupId?: number | undefined; url?: string | undefined; ip?: string | undefined },
  ): Promise<DynamicConfiguration>;
  /** @throws GatehouseError `group_not_found`, `not_found` for a version that is not the present one */
  configuration(licenseId: number, groupId: number, version: string): Promise<GroupConfiguration>;
  localization(
    licenseId: number,
    groupId: number,
    language: string,
    version: string,
  ): Promise<Record<string, string>>;
  /** @throws GatehouseError `group_offline`, `group_unavailable`, `group_not_found` */
  welcomeMessage(
    customer: { licenseId: number; customerId: string },
    asked: { id?: string | undefined; groupId?: number | undefined },
  ): Promise<WelcomeMessage>;
}

export function widgetReads(deps: WidgetDeps): WidgetReads {
  const { people, content, availability, identifiers, properties } = deps;

  const configuration = async (known: WidgetContent, licenseId: number, groupId: number) =>
    configurationOf(known, groupId, await properties.openValues(licenseId, groupId));

  return {
    async form(licenseId, groupId, type) {
      await needGroup(people, licenseId, groupId);
      return formOf(await content.get(licenseId), groupId, type);
    },
    async dynamicConfiguration(licenseId, { groupId: asked, url, ip }) {
      if (asked !== undefined) await needGroup(people, licenseId, asked);
      const known = await content.get(licenseId);
      const visitor = { ip: ip ?? null, page: async () => url };
      const ruled = asked ?? (await deps.autoAccess.groupsFor(licenseId, visitor))?.[0];
      const groupId = ruled ?? groupOfPage(known, url);
      const statuses = await availability.statuses(licenseId);
      return {
        groupId,
        domainAllowed: onTrustedDomain(settingsOf(known, groupId).trustedDomains ?? [], url),
        onlineGroupIds: [...statuses].flatMap(([id, status]) => (status === 'offline' ? [] : [id])),
        configVersion: configurationVersion(await configuration(known, licenseId, groupId)),
        localizationVersion: localizationVersion(known, groupId),
        language: languageOf(known, groupId),
      };
    },
    async configuration(licenseId, groupId, version) {
      await needGroup(people, licenseId, groupId);
      const present = await configuration(await content.get(licenseId), licenseId, groupId);
      needVersion(version, configurationVersion(present), 'config_version');
      return present;
    },
    async localization(licenseId, groupId, language, version) {
      await needGroup(people, licenseId, groupId);
      const known = await content.get(licenseId);
      needVersion(version, localizationVersion(known, groupId), 'localization_version');
      return phrasesOf(known, groupId, language);
    },
    async welcomeMessage(customer, { id, groupId }) {
      const predicted = await deps.predictedAgent(customer, groupId);
      const known = await content.get(customer.licenseId);
      const group = groupId ?? 0;
      const { welcomeMessage } = settingsOf(known, group);
      const text = welcomeMessage ?? phrasesOf(known, group, languageOf(known, group)).Welcome_message ?? '';
      return { ...predicted, id: id ?? identifiers.uuid(), text };
    },
  };
}

/** An answer is kept by its version for good, so that another one's content must never be given under it. */
function needVersion(asked: string, present: string, name: string): void {
  if (asked === present) return;
  const message = `There is no such version any more. Ask get_dynamic_configuration for the present ${name}.`;
  throw new GatehouseError('not_found', message, { fields: [{ field: 'version', message }] });
}
