import { GatehouseError } from '../../kernel/errors.ts';
import { textProblem } from '../customers/field_rules.ts';
import { checkForm, type FormDefinition, type FormType } from './forms.ts';
import type { Goal } from './goals.ts';
import { checkSettings, LANGUAGE, type WidgetSettings } from './settings.ts';
import type { WidgetDeps, WidgetEditor } from './widget_service.ts';
import { ORGANIZATION_WIDE } from './widget_store.ts';

/** Changes of what the widget is made of. A group of -1 stands for the whole organization. */
export interface WidgetEditing {
  /** @throws GatehouseError `validation`, `group_not_found` */
  setForm(editor: WidgetEditor, groupId: number, type: FormType, form: FormDefinition): Promise<void>;
  /** The built-in form, or that of group 0, counts again. */
  removeForm(editor: WidgetEditor, groupId: number, type: FormType): Promise<void>;
  /** @throws GatehouseError `validation`, `group_not_found` */
  setSettings(editor: WidgetEditor, groupId: number, settings: WidgetSettings): Promise<void>;
  /** The organization's own words for some phrases; no words at all: the built-in ones count again. */
  setPhrases(
    editor: WidgetEditor,
    groupId: number,
    language: string,
    phrases: Record<string, string>,
  ): Promise<void>;
  goals(licenseId: number): Promise<readonly Goal[]>;
  /** @throws GatehouseError `validation`, `limit_reached`, `group_not_found` */
  createGoal(editor: WidgetEditor, goal: Omit<Goal, 'id'>): Promise<number>;
  /** @throws GatehouseError `not_found` beside those */
  updateGoal(editor: WidgetEditor, goal: Goal): Promise<void>;
  deleteGoal(editor: WidgetEditor, id: number): Promise<void>;
}

const MOST_GOALS = 100;
const MOST_PHRASES = 500;
const LONGEST_PHRASE = 2048;
const LONGEST_NAME = 255;
const PHRASE_KEY = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;

export function widgetEditing({ change, clock, people, content }: WidgetDeps): WidgetEditing {
  /** @returns ids of the organization's groups */
  async function needGroup(licenseId: number, groupId: number): Promise<number[]> {
    const groups = (await people.groups(licenseId)).map(({ id }) => id);
    if (groupId === ORGANIZATION_WIDE || groups.includes(groupId)) return groups;
    throw new GatehouseError('group_not_found', `This organization has no group ${groupId}.`);
  }

  async function checkGoal(licenseId: number, { name, groupId, rule }: Omit<Goal, 'id'>): Promise<void> {
    await needGroup(licenseId, groupId ?? ORGANIZATION_WIDE);
    const texts = rule.kind === 'url' ? [rule.url] : [rule.key, rule.value];
    for (const [field, text] of [['name', name], ...texts.map((text) => ['rule', text])] as [
      string,
      string,
    ][])
      refuse(field, text === '' ? 'is empty.' : textProblem(text, field === 'name' ? LONGEST_NAME : 2048));
  }

  function put(
    editor: WidgetEditor,
    document: { groupId: number; kind: string; content: unknown },
  ): Promise<void> {
    const { groupId, kind } = document;
    return change(editor, { kind, group_id: groupId }, (stores) =>
      stores.visitors(editor.licenseId).putDocument(document, clock.now()),
    );
  }

  function remove(editor: WidgetEditor, groupId: number, kind: string): Promise<void> {
    return change(editor, { kind, group_id: groupId, removed: true }, (stores) =>
      stores.visitors(editor.licenseId).removeDocument(groupId, kind),
    );
  }

  return {
    async setForm(editor, groupId, type, definition) {
      checkForm(definition.form, await needGroup(editor.licenseId, groupId));
      await put(editor, { groupId, kind: `form.${type}`, content: definition });
    },
    removeForm: (editor, groupId, type) => remove(editor, groupId, `form.${type}`),
    async setSettings(editor, groupId, settings) {
      checkSettings(settings, await needGroup(editor.licenseId, groupId));
      await put(editor, { groupId, kind: 'settings', content: settings });
    },
    async setPhrases(editor, groupId, language, phrases) {
      await needGroup(editor.licenseId, groupId);
      refuse('language', LANGUAGE.test(language) ? undefined : 'is no language such as en or pt-BR.');
      const entries = Object.entries(phrases);
      if (entries.length > MOST_PHRASES)
        refuse('phrases', `has ${entries.length} phrases; at most ${MOST_PHRASES} are kept.`);
      for (const [key, text] of entries)
        refuse(
          'phrases',
          PHRASE_KEY.test(key) ? textProblem(text, LONGEST_PHRASE) : `"${key.slice(0, 40)}" is no key.`,
        );
      const kind = `phrases.${language}`;
      if (entries.length === 0) await remove(editor, groupId, kind);
      else await put(editor, { groupId, kind, content: phrases });
    },
    goals: async (licenseId) => (await content.get(licenseId)).goals,
    async createGoal(editor, goal) {
      const { licenseId } = editor;
      await checkGoal(licenseId, goal);
      return change(editor, { kind: 'goal', name: goal.name }, async (stores) => {
        const store = stores.visitors(licenseId);
        if ((await store.goals()).length >= MOST_GOALS)
          throw new GatehouseError('limit_reached', `An organization can have ${MOST_GOALS} goals.`);
        const id = await store.nextGoalId();
        await store.putGoal({ ...goal, id }, clock.now());
        return id;
      });
    },
    async updateGoal(editor, goal) {
      await checkGoal(editor.licenseId, goal);
      await change(editor, { kind: 'goal', id: goal.id }, async (stores) => {
        const store = stores.visitors(editor.licenseId);
        if (!(await store.goals()).some(({ id }) => id === goal.id)) throw noGoal();
        await store.putGoal(goal, clock.now());
      });
    },
    async deleteGoal(editor, id) {
      await change(editor, { kind: 'goal', id, removed: true }, async (stores) => {
        if (!(await stores.visitors(editor.licenseId).deleteGoal(id, clock.now()))) throw noGoal();
      });
    },
  };
}

function refuse(field: string, message: string | undefined): void {
  if (message)
    throw new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}

function noGoal(): GatehouseError {
  return new GatehouseError('not_found', 'There is no goal with this id.');
}
