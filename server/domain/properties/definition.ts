import type { PropertyValue } from '../../wire/properties.ts';

export const propertyTypes = ['int', 'string', 'bool', 'tokenized_string'] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** What a value can be kept with. */
export const propertyLocations = ['license', 'group', 'chat', 'thread', 'event'] as const;
export type PropertyLocation = (typeof propertyLocations)[number];

export type PropertyUser = 'agent' | 'customer';
export type PropertyRight = 'read' | 'write';
export type PropertyAccess = {
  [Location in PropertyLocation]?:
    | { [User in PropertyUser]?: readonly PropertyRight[] | undefined }
    | undefined;
};

/** Says what a property may hold, where, and who may see and set it (docs: configuration-api#properties). */
export interface PropertyDefinition {
  /** The client id of the app that owns it; a plain word for those that are built in. */
  namespace: string;
  name: string;
  type: PropertyType;
  access: PropertyAccess;
  description: string | null;
  /** The only values it can have. */
  domain: readonly PropertyValue[] | null;
  /** Bounds of an `int`, both included. */
  range: { from?: number | undefined; to?: number | undefined } | null;
  /** What an organization or a group has as long as nothing is set. */
  defaultValue: PropertyValue | null;
  /** What apps other than the owner may do; null as long as it is private. */
  publicAccess: readonly PropertyRight[] | null;
}

/** Definitions of one namespace, by name. */
export type Definitions = ReadonlyMap<string, PropertyDefinition>;

/** Who asks: an agent or a customer, through an app. A personal access token belongs to none. */
export interface PropertyCaller {
  user: PropertyUser;
  clientId: string | null;
}

/** Are values of this caller's kind allowed at all, and is the property theirs or open to other apps? */
export function mayUse(
  definition: PropertyDefinition,
  caller: PropertyCaller,
  location: PropertyLocation,
  right: PropertyRight,
): boolean {
  if (!definition.access[location]?.[caller.user]?.includes(right)) return false;
  return (
    knows(definition, caller) && (isOwner(definition, caller) || !!definition.publicAccess?.includes(right))
  );
}

/** A private property does not exist for other apps. */
export function knows(definition: PropertyDefinition, caller: PropertyCaller): boolean {
  return definition.publicAccess !== null || isOwner(definition, caller);
}

function isOwner({ namespace }: PropertyDefinition, { clientId }: PropertyCaller): boolean {
  return namespace === clientId;
}

const INT32 = 2 ** 31;

/** Why a property cannot have a value; undefined when it can. */
export function valueProblem(
  { type, domain, range }: Pick<PropertyDefinition, 'type' | 'domain' | 'range'>,
  value: PropertyValue,
): string | undefined {
  if (!isOfType(type, value))
    return type === 'int'
      ? `is ${shown(value)}; it must be an int: a whole number from ${-INT32} to ${INT32 - 1}.`
      : `is ${shown(value)}; it must be ${type === 'bool' ? 'true or false' : 'text'}.`;
  if (domain && !domain.includes(value))
    return `is ${shown(value)}; it can be one of ${domain.slice(0, 20).map(shown).join(', ')}.`;
  if (range?.from !== undefined && Number(value) < range.from)
    return `is ${shown(value)}; at least ${range.from} is allowed.`;
  if (range?.to !== undefined && Number(value) > range.to)
    return `is ${shown(value)}; at most ${range.to} is allowed.`;
  return undefined;
}

export function isOfType(type: PropertyType, value: PropertyValue): boolean {
  if (type === 'int')
    return typeof value === 'number' && Number.isInteger(value) && value >= -INT32 && value < INT32;
  return type === 'bool' ? typeof value === 'boolean' : typeof value === 'string';
}

function shown(value: PropertyValue): string {
  return JSON.stringify(value).slice(0, 60);
}
