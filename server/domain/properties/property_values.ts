import type { Properties } from '../../wire/properties.ts';
import { isOfType, mayUse, type PropertyCaller } from './definition.ts';
import type { PropertyDeps } from './property_deps.ts';
import { noGroup, otherNamespace } from './property_errors.ts';
import { namespacesOf, readProperties } from './property_rules.ts';
import { needUsable } from './property_uses.ts';

/** Who works with the values of an organization or of its groups. */
export interface ValueCaller extends PropertyCaller {
  licenseId: number;
  /** `own`: the caller's scope opens its own namespace alone. */
  namespaces: 'own' | 'all';
}

export interface ValueFilter {
  namespace?: string | undefined;
  name?: string | undefined;
  name_prefix?: string | undefined;
}

/** Values that belong to an organization, or to a group of it; `groupId` null is the organization. */
export interface PropertyValues {
  /** Over those that are there. */
  updateValues(caller: ValueCaller, groupId: number | null, properties: Properties): Promise<void>;
  /** Where there is a default value, it shows again. */
  deleteValues(caller: ValueCaller, groupId: number | null, names: Record<string, string[]>): Promise<void>;
  /** What the caller may see, default values included. */
  listValues(caller: ValueCaller, groupId: number | null, filter?: ValueFilter): Promise<Properties>;
}

export function propertyValues(deps: PropertyDeps): PropertyValues {
  const { storage, clock, catalogue, hasGroup } = deps;

  async function needPlace(caller: ValueCaller, groupId: number | null): Promise<void> {
    if (groupId !== null && !(await hasGroup(caller.licenseId, groupId))) throw noGroup(caller.user, groupId);
  }

  function needOwnNamespaces(caller: ValueCaller, named: object): void {
    const other = Object.keys(named).find((namespace) => namespace !== caller.clientId);
    if (caller.namespaces === 'own' && other !== undefined) throw otherNamespace(other);
  }

  const locationOf = (groupId: number | null) => (groupId === null ? 'license' : 'group');

  /** With the default values of the apps that are met there, which lie below those that were set. */
  async function visible(caller: ValueCaller, groupId: number | null): Promise<Properties> {
    const { licenseId } = caller;
    const [stored, withDefault] = await Promise.all([
      storage.read.properties.values(licenseId, [groupId]),
      storage.read.properties.definitionsWithDefault(licenseId),
    ]);
    const set: Properties = {};
    for (const { namespace, name, value } of stored) set[namespace] = { ...set[namespace], [name]: value };
    const namespaces = namespacesOf([set]);
    for (const { namespace } of withDefault) namespaces.add(namespace);
    if (caller.clientId !== null) namespaces.add(caller.clientId);
    const location = locationOf(groupId);
    const shown: Properties = {};
    for (const [namespace, definitions] of await catalogue.of(namespaces))
      for (const [name, definition] of definitions) {
        if (!mayUse(definition, caller, location, 'read')) continue;
        const own = set[namespace]?.[name];
        const value = own !== undefined && isOfType(definition.type, own) ? own : definition.defaultValue;
        if (value !== null) shown[namespace] = { ...shown[namespace], [name]: value };
      }
    return shown;
  }

  return {
    async updateValues(caller, groupId, given) {
      const properties = readProperties(given, 'properties');
      needOwnNamespaces(caller, properties);
      const definitions = await catalogue.of(Object.keys(properties));
      needUsable(caller, definitions, locationOf(groupId), { values: properties }, 'properties', 'write');
      await needPlace(caller, groupId);
      await storage.write((stores) =>
        stores.properties.setValues(caller.licenseId, groupId, properties, clock.now()),
      );
    },
    async deleteValues(caller, groupId, names) {
      needOwnNamespaces(caller, names);
      const definitions = await catalogue.of(Object.keys(names));
      needUsable(caller, definitions, locationOf(groupId), { names }, 'properties', 'write');
      await needPlace(caller, groupId);
      await storage.write((stores) => stores.properties.removeValues(caller.licenseId, groupId, names));
    },
    async listValues(caller, groupId, filter = {}) {
      await needPlace(caller, groupId);
      const shown: Properties = {};
      for (const [namespace, values] of Object.entries(await visible(caller, groupId))) {
        if (filter.namespace !== undefined && namespace !== filter.namespace) continue;
        if (caller.namespaces === 'own' && namespace !== caller.clientId) continue;
        const kept = Object.entries(values).filter(
          ([name]) =>
            (filter.name === undefined || name === filter.name) &&
            (filter.name_prefix === undefined || name.startsWith(filter.name_prefix)),
        );
        if (kept.length > 0) shown[namespace] = Object.fromEntries(kept);
      }
      return shown;
    },
  };
}
