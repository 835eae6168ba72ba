import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { PropertyValue } from '../../wire/properties.ts';
import {
  type PropertyAccess,
  type PropertyDefinition,
  type PropertyType,
  propertyLocations,
  valueProblem,
} from './definition.ts';
import { NUL_MESSAGE, readProperties } from './property_rules.ts';

/** A property as it is registered. */
export interface NewProperty {
  name: string;
  type: PropertyType;
  access: PropertyAccess;
  description?: string | undefined;
  domain?: PropertyValue[] | undefined;
  range?: { from?: number | undefined; to?: number | undefined } | undefined;
  default_value?: PropertyValue | undefined;
}

/** Of one app. */
export const DEFINITIONS_LIMIT = 200;
const DOMAIN_LIMIT = 100;
const DESCRIPTION_LENGTH = 1_000;
/** Neither control nor format characters, by which two names could look the same. */
const NAME = /^(?!\s)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*(?<!\s)$/u;

/**
 * Checks a property that an app is to own (docs: configuration-api#register-property).
 * @throws GatehouseError `validation`
 */
export function readDefinition(namespace: string, input: NewProperty): PropertyDefinition {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, message });
  // The bounds of names are those of the values that are kept under them.
  readProperties({ [namespace]: { [input.name]: true } }, 'name');
  if (!NAME.test(input.name) || !input.name.isWellFormed())
    wrong('name', 'has blanks at its ends, line breaks or characters that nobody sees; leave them out.');
  checkAccess(input.access, wrong);
  if ((input.description?.length ?? 0) > DESCRIPTION_LENGTH)
    wrong('description', `has ${input.description?.length} characters; at most ${DESCRIPTION_LENGTH}.`);
  if (input.description?.includes('\u0000')) wrong('description', NUL_MESSAGE);
  const range = input.range ? { from: input.range.from, to: input.range.to } : null;
  const bounds = { type: input.type, domain: input.domain ?? null, range };
  checkDomain(input, wrong);
  checkRange(input, wrong);
  if (input.default_value !== undefined) {
    if (!input.access.license && !input.access.group)
      wrong('default_value', 'is possible only where access names license or group.');
    const problem = problems.length === 0 ? valueProblem(bounds, input.default_value) : undefined;
    if (problem) wrong('default_value', problem);
    readProperties({ [namespace]: { [input.name]: input.default_value } }, 'default_value');
  }
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
  return {
    namespace,
    name: input.name,
    access: input.access,
    description: input.description ?? null,
    ...bounds,
    defaultValue: input.default_value ?? null,
    publicAccess: null,
  };
}

type Wrong = (field: string, message: string) => void;

function checkAccess(access: PropertyAccess, wrong: Wrong): void {
  const locations = Object.entries(access);
  if (locations.length === 0)
    wrong('access', 'names no location; one of license, group, chat, thread, event is needed.');
  for (const [location, users] of locations) {
    if (!(propertyLocations as readonly string[]).includes(location))
      wrong('access', `names "${location.slice(0, 40)}"; the locations are ${propertyLocations.join(', ')}.`);
    const rights = Object.entries(users ?? {});
    if (rights.length === 0) wrong(`access.${location}`, 'names nobody; agent or customer is needed.');
    for (const [user, given] of rights)
      if (user !== 'agent' && user !== 'customer')
        wrong(`access.${location}`, `names "${user.slice(0, 40)}"; agent and customer are possible.`);
      else if (!given?.length) wrong(`access.${location}.${user}`, 'is empty; read or write is needed.');
  }
}

function checkDomain({ type, domain }: NewProperty, wrong: Wrong): void {
  if (!domain) return;
  if (domain.length === 0 || domain.length > DOMAIN_LIMIT)
    wrong('domain', `has ${domain.length} values; 1 to ${DOMAIN_LIMIT} are possible.`);
  domain.forEach((value, index) => {
    const problem = valueProblem({ type, domain: null, range: null }, value);
    if (problem) wrong(`domain[${index}]`, problem);
    else readProperties({ x: { x: value } }, `domain[${index}]`);
  });
}

function checkRange({ type, range }: NewProperty, wrong: Wrong): void {
  if (!range) return;
  if (type !== 'int') wrong('range', 'is possible only for the type int.');
  const { from, to } = range;
  if (from === undefined && to === undefined) wrong('range', 'has no bound; from or to is needed.');
  if (from !== undefined && to !== undefined && from > to) wrong('range', 'is empty: from lies above to.');
}
