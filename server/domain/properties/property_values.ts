import type { Properties } from '../../wire/properties.ts';
import { announceVisitors } from '../announcements.ts';
import { rememberByOrganization } from '../remembered_by_organization.ts';
import type { Stores } from '../storage.ts';
import { isOfType, mayUse, type PropertyCaller, type PropertyDefinition } from './definition.ts';
import type { PropertyDeps } from './property_deps.ts';
import { noGroup, otherNamespace } from './property_errors.ts';
import { namespacesOf, readProperties } from './property_rules.ts';
import type { StoredValue } from './property_store.ts';
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
  /** The same of several groups, sorted as they are named; of all groups where none is. */
  listGroupValues(
    caller: ValueCaller,
    groupIds: readonly number[],
    filter?: ValueFilter,
  ): Promise<{ id: number; properties: Properties }[]>;
  /** What everybody may see of an organization and a group of it, remembered: pages ask for it each time they open. */
  openValues(licenseId: number, groupId: number): Promise<{ license: Properties; group: Properties }>;
  forgetValues(licenseId: number): void;
  forgetAllValues(): void;
}

export function propertyValues(deps: PropertyDeps): PropertyValues {
  const { storage, clock, catalogue, groupsOf } = deps;

  async function needPlace(caller: ValueCaller, groupId: number | null): Promise<void> {
    if (groupId !== null && !(await groupsOf(caller.licenseId)).includes(groupId))
      throw noGroup(caller.user, groupId);
  }

  function needOwnNamespaces(caller: ValueCaller, named: object): void {
    const other = Object.keys(named).find((namespace) => namespace !== caller.clientId);
    if (caller.namespaces === 'own' && other !== undefined) throw otherNamespace(other, caller.clientId);
  }

  const locationOf = (groupId: number | null) => (groupId === null ? 'license' : 'group');

  const remembered = rememberByOrganization(
    async (licenseId) => ({
      stored: await storage.read.properties.allValues(licenseId),
      withDefault: await storage.read.properties.definitionsWithDefault(licenseId),
    }),
    deps,
  );

  /** With the default values of the apps that are met there, which lie below those that were set. */
  async function visible(
    caller: ValueCaller,
    groupId: number | null,
    { stored, withDefault }: KnownValues,
  ): Promise<Properties> {
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

  /** What several places have, in the order in which they are named. */
  async function listed(
    caller: ValueCaller,
    groupIds: readonly (number | null)[],
    filter: ValueFilter,
  ): Promise<Properties[]> {
    const { licenseId } = caller;
    const [stored, withDefault] = await Promise.all([
      storage.read.properties.values(licenseId, groupIds),
      storage.read.properties.definitionsWithDefault(licenseId),
    ]);
    const byPlace = Map.groupBy(stored, ({ groupId }) => groupId);
    return Promise.all(
      groupIds.map(async (groupId) =>
        filtered(
          caller,
          await visible(caller, groupId, { stored: byPlace.get(groupId) ?? [], withDefault }),
          filter,
        ),
      ),
    );
  }

  /** A change of values, which every server that remembers them hears. */
  async function change(
    licenseId: number,
    unit: (store: Stores['properties']) => Promise<void>,
  ): Promise<void> {
    await storage.write(async (stores) => {
      await unit(stores.properties);
      await announceVisitors(stores, licenseId);
    });
    remembered.forget(licenseId);
  }

  return {
    async updateValues(caller, groupId, given) {
      const properties = readProperties(given, 'properties');
      needOwnNamespaces(caller, properties);
      const definitions = await catalogue.of(Object.keys(properties));
      needUsable(caller, definitions, locationOf(groupId), { values: properties }, 'properties', 'write');
      await needPlace(caller, groupId);
      await change(caller.licenseId, (store) =>
        store.setValues(caller.licenseId, groupId, properties, clock.now()),
      );
    },
    async deleteValues(caller, groupId, names) {
      needOwnNamespaces(caller, names);
      const definitions = await catalogue.of(Object.keys(names));
      needUsable(caller, definitions, locationOf(groupId), { names }, 'properties', 'write');
      await needPlace(caller, groupId);
      await change(caller.licenseId, (store) => store.removeValues(caller.licenseId, groupId, names));
    },
    async listValues(caller, groupId, filter = {}) {
      await needPlace(caller, groupId);
      const [properties = {}] = await listed(caller, [groupId], filter);
      return properties;
    },
    async listGroupValues(caller, wanted, filter = {}) {
      const known = (await groupsOf(caller.licenseId)).toSorted((a, b) => a - b);
      const missing = wanted.find((id) => !known.includes(id));
      if (missing !== undefined) throw noGroup(caller.user, missing);
      const ids = wanted.length === 0 ? known : [...new Set(wanted)];
      const properties = await listed(caller, ids, filter);
      return ids.map((id, index) => ({ id, properties: properties[index] ?? {} }));
    },
    async openValues(licenseId, groupId) {
      const { stored, withDefault } = await remembered.get(licenseId);
      const of = (place: number | null) =>
        visible({ user: 'customer', clientId: null, licenseId, namespaces: 'all' }, place, {
          stored: stored.filter((one) => one.groupId === place),
          withDefault,
        });
      return { license: await of(null), group: await of(groupId) };
    },
    forgetValues: remembered.forget,
    forgetAllValues: remembered.forgetAll,
  };
}

/** What is known of one place. */
interface KnownValues {
  stored: readonly StoredValue[];
  withDefault: readonly PropertyDefinition[];
}

function filtered(caller: ValueCaller, properties: Properties, filter: ValueFilter): Properties {
  const shown: Properties = {};
  for (const [namespace, values] of Object.entries(properties)) {
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
}
