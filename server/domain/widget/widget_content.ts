import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical_json.ts';
import type { Properties } from '../../wire/properties.ts';
import { BUILT_IN_FORMS, type Form, type FormDefinition, type FormType } from './forms.ts';
import type { Goal } from './goals.ts';
import type { Greeting } from './greeting.ts';
import { german } from './phrases_de.ts';
import { english } from './phrases_en.ts';
import type { WidgetButton, WidgetSettings } from './settings.ts';
import { matchesUrl } from './url_rules.ts';
import { ORGANIZATION_WIDE, type WidgetDocument } from './widget_store.ts';

/** Everything that an organization decided about its widget; small, and remembered. */
export interface WidgetContent {
  documents: readonly WidgetDocument[];
  goals: readonly Goal[];
  /** Those that are switched on. */
  greetings: readonly Greeting[];
}

const GENERAL = 0;
const BUILT_IN_LANGUAGES: Record<string, Readonly<Record<string, string>>> = { en: english, de: german };
const DEFAULT_LANGUAGE = 'en';
const BUILT_IN_BUTTONS: WidgetButton[] = [
  { id: 'default', type: 'text', online_value: english.Chat_now, offline_value: english.Leave_message },
];

function documentOf({ documents }: WidgetContent, groupId: number, kind: string): unknown {
  return documents.find((document) => document.groupId === groupId && document.kind === kind)?.content;
}

/** A group's own form, else that of group 0, else the built-in one. */
export function formOf(content: WidgetContent, groupId: number, type: FormType): FormDefinition {
  const kind = `form.${type}`;
  const own = documentOf(content, groupId, kind) ?? documentOf(content, GENERAL, kind);
  return (own as FormDefinition | undefined) ?? BUILT_IN_FORMS[type];
}

/** A group's settings laid over the organization's. */
export function settingsOf(content: WidgetContent, groupId: number): WidgetSettings {
  return {
    ...(documentOf(content, ORGANIZATION_WIDE, 'settings') as WidgetSettings | undefined),
    ...(documentOf(content, groupId, 'settings') as WidgetSettings | undefined),
  };
}

/** The group that a page belongs to: by the organization's rules, else group 0. */
export function groupOfPage(content: WidgetContent, page: string | undefined): number {
  const { urlGroups = [] } = settingsOf(content, ORGANIZATION_WIDE);
  const rule = page === undefined ? undefined : urlGroups.find((one) => matchesUrl(one, page));
  return rule?.groupId ?? GENERAL;
}

export function languageOf(content: WidgetContent, groupId: number): string {
  return settingsOf(content, groupId).language ?? DEFAULT_LANGUAGE;
}

/** What the widget of a group is made of (docs: customer-chat-api#get-configuration). */
export interface GroupConfiguration {
  buttons: WidgetButton[];
  ticketForm: Form | undefined;
  prechatForm: Form | undefined;
  properties: OpenProperties;
}

/** Properties that everybody may see. */
export interface OpenProperties {
  group: Properties;
  license: Properties;
}

export function configurationOf(
  content: WidgetContent,
  groupId: number,
  properties: OpenProperties,
): GroupConfiguration {
  const shown = (type: FormType) => {
    const { enabled, form } = formOf(content, groupId, type);
    return enabled ? form : undefined;
  };
  return {
    buttons: settingsOf(content, groupId).buttons ?? BUILT_IN_BUTTONS,
    ticketForm: shown('ticket'),
    prechatForm: shown('prechat'),
    properties,
  };
}

/** English, then the language without its region, then the language itself; of each the organization's own words last. */
export function phrasesOf(content: WidgetContent, groupId: number, language: string): Record<string, string> {
  const [broad = language] = language.split('-');
  const result: Record<string, string> = {};
  for (const one of new Set([DEFAULT_LANGUAGE, broad, language]))
    Object.assign(result, BUILT_IN_LANGUAGES[one]);
  for (const one of new Set([broad, language]))
    for (const group of [ORGANIZATION_WIDE, groupId])
      Object.assign(result, documentOf(content, group, `phrases.${one}`));
  return result;
}

/** Versions tell what is meant by what it is: the same content always has the same one. */
export function configurationVersion(configuration: GroupConfiguration): string {
  return versionOf(configuration);
}

/** Of the phrases of a group, in every language. */
export function localizationVersion(content: WidgetContent, groupId: number): string {
  const own = content.documents.filter(
    ({ groupId: id, kind }) => kind.startsWith('phrases.') && (id === groupId || id === ORGANIZATION_WIDE),
  );
  return versionOf([
    BUILT_IN_LANGUAGES,
    own.map(({ groupId: id, kind, content: words }) => [id, kind, words]),
  ]);
}

function versionOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
