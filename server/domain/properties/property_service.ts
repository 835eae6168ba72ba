import { foldedName } from '../../kernel/names.ts';
import { announceEverything } from '../announcements.ts';
import type { Actor } from '../identity/records.ts';
import type { PropertyCaller, PropertyDefinition, PropertyLocation, PropertyRight } from './definition.ts';
import { DEFINITIONS_LIMIT, type NewProperty, readDefinition } from './definition_rules.ts';
import type { PropertyDeps } from './property_deps.ts';
import { limitReached, nameTaken, notOwned, notPrivate } from './property_errors.ts';
import { type PropertyReader, propertyReader } from './property_reader.ts';
import { type Named, needUsable } from './property_uses.ts';
import { type PropertyValues, propertyValues } from './property_values.ts';

/** Somebody of the organization that owns an app, who changes what the app's properties are. */
export interface PropertyOwner {
  licenseId: number;
  clientId: string;
  accountId: string | null;
  actor: Actor;
}

/** What properties there are, who may see and set them, and the values of organizations and groups. */
export interface PropertyService extends PropertyValues {
  /** A new property of an app; private until it is published. */
  register(owner: PropertyOwner, input: NewProperty): Promise<void>;
  /** Its values are not shown any more. A published one stays for good. */
  unregister(owner: PropertyOwner, name: string): Promise<void>;
  /** Opens it to other apps. Cannot be taken back. */
  publish(owner: PropertyOwner, name: string, rights: readonly PropertyRight[]): Promise<void>;
  /** What an app has, private ones included. */
  listOwn(owner: Pick<PropertyOwner, 'licenseId' | 'clientId'>): Promise<PropertyDefinition[]>;
  /** What a caller may know of a namespace. */
  list(caller: PropertyCaller, namespace: string): Promise<PropertyDefinition[]>;

  /** What the caller may see of values in these namespaces. */
  reader(caller: PropertyCaller, namespaces: Iterable<string>): Promise<PropertyReader>;
  /** Changes with any definition; what was shown under another one may not be shown again. */
  revision(): number;
  /** May the caller ask about these? @throws GatehouseError `validation`, `authorization` */
  needReadable(
    caller: PropertyCaller,
    location: PropertyLocation,
    names: Record<string, string[]>,
    field: string,
  ): Promise<void>;
  /** @throws GatehouseError `validation`, `authorization` */
  needWritable(
    caller: PropertyCaller,
    location: PropertyLocation,
    written: Named,
    field: string,
  ): Promise<void>;
}

export function createPropertyService(deps: PropertyDeps): PropertyService {
  const { storage, clock, catalogue, audit, ownsClient } = deps;
  const values = propertyValues(deps);

  async function needOwner({
    licenseId,
    clientId,
  }: Pick<PropertyOwner, 'licenseId' | 'clientId'>): Promise<void> {
    if (!(await ownsClient(licenseId, clientId))) throw notOwned();
  }

  /** A change of definitions, heard by every server. */
  async function change(
    owner: PropertyOwner,
    unit: Parameters<typeof storage.write<void>>[0],
  ): Promise<void> {
    await needOwner(owner);
    try {
      await storage.write(async (stores) => {
        await unit(stores);
        await announceEverything(stores);
      });
    } finally {
      catalogue.forget();
      values.forgetAllValues();
    }
  }

  const facts = ({ licenseId, accountId, clientId }: PropertyOwner, name: string) => ({
    licenseId,
    accountId,
    clientId,
    detail: { property: name },
  });

  return {
    ...values,
    async register(owner, input) {
      const definition = readDefinition(owner.clientId, input);
      await change(owner, async (stores) => {
        const { properties } = stores;
        // One after the other: names that differ in their spelling alone are no conflict for the database.
        await stores.people.lockOrganization(owner.licenseId);
        const known = await properties.definitions(owner.clientId);
        const taken = known.find(({ name }) => foldedName(name) === foldedName(input.name));
        if (taken) throw nameTaken(taken.name);
        if (known.length >= DEFINITIONS_LIMIT) throw limitReached();
        if (!(await properties.addDefinition(owner.licenseId, definition, clock.now())))
          throw nameTaken(input.name);
        await audit(stores, owner.actor, 'property.registered', facts(owner, input.name));
      });
    },
    async unregister(owner, name) {
      await change(owner, async (stores) => {
        if (!(await stores.properties.removePrivateDefinition(owner.licenseId, owner.clientId, name)))
          throw notPrivate(await stores.properties.definitions(owner.clientId), name);
        await audit(stores, owner.actor, 'property.unregistered', facts(owner, name));
      });
    },
    async publish(owner, name, rights) {
      await change(owner, async (stores) => {
        const { properties } = stores;
        if (
          !(await properties.publishDefinition(owner.licenseId, owner.clientId, name, [...new Set(rights)]))
        )
          throw notPrivate(await properties.definitions(owner.clientId), name);
        await audit(stores, owner.actor, 'property.published', facts(owner, name));
      });
    },
    async listOwn(owner) {
      await needOwner(owner);
      return storage.read.properties.definitions(owner.clientId);
    },
    async list(caller, namespace) {
      const definitions = (await catalogue.of([namespace])).get(namespace);
      return [...(definitions?.values() ?? [])].filter(
        (definition) => definition.publicAccess !== null || definition.namespace === caller.clientId,
      );
    },
    async reader(caller, namespaces) {
      return propertyReader(caller, await catalogue.of(new Set(namespaces)));
    },
    revision: catalogue.revision,
    async needReadable(caller, location, names, field) {
      const named = Object.keys(names);
      if (named.length > 0) needUsable(caller, await catalogue.of(named), location, { names }, field, 'read');
    },
    async needWritable(caller, location, written, field) {
      const named = Object.keys('values' in written ? written.values : written.names);
      if (named.length > 0) needUsable(caller, await catalogue.of(named), location, written, field, 'write');
    },
  };
}
