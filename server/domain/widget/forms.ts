import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { formFieldTypes } from '../../wire/event_form.ts';
import { textProblem } from '../customers/field_rules.ts';

export const formTypes = ['prechat', 'postchat', 'ticket'] as const;
export type FormType = (typeof formTypes)[number];

export interface FormOption {
  id: string;
  label: string;
  /** Of a `group_chooser`. */
  group_id?: number;
}

export interface FormField {
  id: string;
  type: (typeof formFieldTypes)[number];
  label: string;
  required?: boolean;
  options?: FormOption[];
}

export interface Form {
  id: string;
  fields: FormField[];
}

/** A form and whether it is shown at all. */
export interface FormDefinition {
  enabled: boolean;
  form: Form;
}

/** What an organization has that never made a form of its own. */
export const BUILT_IN_FORMS: Record<FormType, FormDefinition> = {
  prechat: {
    enabled: true,
    form: {
      id: 'prechat',
      fields: [
        { id: 'welcome', type: 'header', label: 'Welcome! Tell us who you are before we begin.' },
        { id: 'name', type: 'name', label: 'Name', required: false },
        { id: 'email', type: 'email', label: 'E-mail', required: false },
      ],
    },
  },
  postchat: {
    enabled: false,
    form: {
      id: 'postchat',
      fields: [
        { id: 'thanks', type: 'header', label: 'Thank you for the talk.' },
        {
          id: 'solved',
          type: 'radio',
          label: 'Could we help you?',
          required: true,
          options: [
            { id: 'yes', label: 'Yes' },
            { id: 'partly', label: 'In part' },
            { id: 'no', label: 'No' },
          ],
        },
        { id: 'comment', type: 'textarea', label: 'What could we do better?', required: false },
      ],
    },
  },
  ticket: {
    enabled: true,
    form: {
      id: 'ticket',
      fields: [
        { id: 'away', type: 'header', label: 'Nobody is here now. Leave a message, and we write back.' },
        { id: 'name', type: 'name', label: 'Name', required: true },
        { id: 'email', type: 'email', label: 'E-mail', required: true },
        { id: 'subject', type: 'subject', label: 'Subject', required: false },
        { id: 'message', type: 'textarea', label: 'Message', required: true },
      ],
    },
  },
};

const CHOICES: ReadonlySet<string> = new Set(['checkbox', 'group_chooser', 'radio', 'select']);
const MOST_FIELDS = 30;
const MOST_OPTIONS = 100;
const LONGEST_LABEL = 1000;
const LONGEST_ID = 64;

/**
 * Checks a form that is to be kept.
 * @param groups of the organization, for choosers of groups
 * @throws GatehouseError `validation`
 */
export function checkForm(form: Form, groups: readonly number[]): void {
  const problems: FieldProblem[] = [];
  const report = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };
  const ids = new Set<string>();
  report('form.id', idProblem(form.id));
  if (form.fields.length === 0 || form.fields.length > MOST_FIELDS)
    report('form.fields', `has ${form.fields.length} fields; 1 to ${MOST_FIELDS} are possible.`);
  for (const [index, field] of form.fields.entries()) {
    const path = `form.fields[${index}]`;
    report(`${path}.id`, ids.has(field.id) ? 'stands twice.' : idProblem(field.id));
    ids.add(field.id);
    report(`${path}.label`, field.label === '' ? 'is empty.' : textProblem(field.label, LONGEST_LABEL));
    report(`${path}.options`, optionsProblem(field, groups));
  }
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
}

function idProblem(id: string): string | undefined {
  return id === '' ? 'is empty.' : textProblem(id, LONGEST_ID);
}

function optionsProblem({ type, options }: FormField, groups: readonly number[]): string | undefined {
  if (!CHOICES.has(type)) return options ? `are not for a field of the type ${type}.` : undefined;
  if (!options || options.length === 0) return `are missing: a field of the type ${type} needs some.`;
  if (options.length > MOST_OPTIONS) return `are ${options.length}; at most ${MOST_OPTIONS} are possible.`;
  if (new Set(options.map(({ id }) => id)).size < options.length) return 'have an id twice.';
  for (const { id, label, group_id } of options) {
    const problem = idProblem(id) ?? textProblem(label, LONGEST_LABEL);
    if (problem) return `have one that ${problem}`;
    if (type === 'group_chooser' && (group_id === undefined || !groups.includes(group_id)))
      return `name the group ${group_id}, which the organization does not have.`;
  }
  return undefined;
}
