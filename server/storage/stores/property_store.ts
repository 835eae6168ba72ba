import type { PropertyDefinition, PropertyType } from '../../domain/properties/definition.ts';
import type { PropertyStore, StoredValue } from '../../domain/properties/property_store.ts';
import type { PropertyValue } from '../../wire/properties.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { PropertyTables } from '../tables/properties.ts';
import { listStatement } from './chat_statements.ts';

type DefinitionRow = PropertyTables['property_definitions'];
type ValueRow = PropertyTables['property_values'];

/** Stands for the organization itself among the groups. */
const ORGANIZATION = -1;

const definitionRows = statement<{ namespace: string }, DefinitionRow>((db, p) =>
  db.selectFrom('property_definitions').selectAll().where('namespace', '=', p.namespace).orderBy('name'),
);

const defaultRows = statement<{ licenseId: number }, DefinitionRow>((db, p) =>
  db
    .selectFrom('property_definitions')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .where('default_value', 'is not', null)
    .orderBy('namespace')
    .orderBy('name'),
);

const valueRows = listStatement<number, { licenseId: number }, ValueRow>((db, p, groupIds) =>
  db
    .selectFrom('property_values')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .where('group_id', 'in', groupIds)
    .orderBy('group_id')
    .orderBy('namespace')
    .orderBy('name'),
);

const allValueRows = statement<{ licenseId: number }, ValueRow>((db, p) =>
  db
    .selectFrom('property_values')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .orderBy('group_id')
    .orderBy('namespace')
    .orderBy('name'),
);

const setValue = statement<ValueRow, unknown>((db, p) =>
  db
    .insertInto('property_values')
    .values({
      license_id: p.license_id,
      group_id: p.group_id,
      namespace: p.namespace,
      name: p.name,
      value: p.value,
      updated_at: p.updated_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['license_id', 'group_id', 'namespace', 'name'])
        .doUpdateSet({ value: p.value, updated_at: p.updated_at }),
    ),
);

const removeValue = statement<Pick<ValueRow, 'license_id' | 'group_id' | 'namespace' | 'name'>, unknown>(
  (db, p) =>
    db
      .deleteFrom('property_values')
      .where('license_id', '=', p.license_id)
      .where('group_id', '=', p.group_id)
      .where('namespace', '=', p.namespace)
      .where('name', '=', p.name),
);

/** Definitions of properties, and values of organizations and groups, on one read or one unit of work. */
export function createPropertyStore(session: Session): PropertyStore {
  return {
    async definitions(namespace) {
      return (await session.all(definitionRows, { namespace })).map(toDefinition);
    },
    async definitionsWithDefault(licenseId) {
      return (await session.all(defaultRows, { licenseId })).map(toDefinition);
    },
    async addDefinition(licenseId, definition, now) {
      const row = { ...fromDefinition(definition), license_id: licenseId, created_at: now };
      const added = await session.execute((db) =>
        db
          .insertInto('property_definitions')
          .values(row)
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async removePrivateDefinition(licenseId, namespace, name) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('property_definitions')
          .where('namespace', '=', namespace)
          .where('name', '=', name)
          .where('license_id', '=', licenseId)
          .where('public_access', 'is', null),
      );
      return removed === 1;
    },
    async publishDefinition(licenseId, namespace, name, publicAccess) {
      const published = await session.execute((db) =>
        db
          .updateTable('property_definitions')
          .set({ public_access: JSON.stringify(publicAccess) })
          .where('namespace', '=', namespace)
          .where('name', '=', name)
          .where('license_id', '=', licenseId)
          .where('public_access', 'is', null),
      );
      return published === 1;
    },
    async values(licenseId, groupIds) {
      const rows = await valueRows(
        session,
        { licenseId },
        groupIds.map((id) => id ?? ORGANIZATION),
      );
      return rows.map(toValue);
    },
    async allValues(licenseId) {
      return (await session.all(allValueRows, { licenseId })).map(toValue);
    },
    async setValues(licenseId, groupId, properties, now) {
      const place = { license_id: licenseId, group_id: groupId ?? ORGANIZATION };
      for (const [namespace, values] of inOrder(properties))
        for (const [name, value] of inOrder(values))
          await session.run(setValue, {
            ...place,
            namespace,
            name,
            value: JSON.stringify(value),
            updated_at: now,
          });
    },
    async removeValues(licenseId, groupId, names) {
      const place = { license_id: licenseId, group_id: groupId ?? ORGANIZATION };
      for (const [namespace, listed] of inOrder(names))
        for (const name of listed.toSorted()) await session.run(removeValue, { ...place, namespace, name });
    },
    async removeGroupValues(licenseId, groupId) {
      await session.execute((db) =>
        db.deleteFrom('property_values').where('license_id', '=', licenseId).where('group_id', '=', groupId),
      );
    },
  };
}

/** Rows are always taken in one order, so that two writers of the same ones do not wait for each other. */
function inOrder<T>(named: Record<string, T>): [string, T][] {
  return Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
}

function toValue(row: ValueRow): StoredValue {
  return {
    groupId: row.group_id === ORGANIZATION ? null : row.group_id,
    namespace: row.namespace,
    name: row.name,
    value: JSON.parse(row.value) as PropertyValue,
  };
}

function toDefinition(row: DefinitionRow): PropertyDefinition {
  return {
    namespace: row.namespace,
    name: row.name,
    type: row.type as PropertyType,
    access: JSON.parse(row.access) as PropertyDefinition['access'],
    description: row.description,
    domain: read<PropertyDefinition['domain']>(row.domain),
    range: read<PropertyDefinition['range']>(row.value_range),
    defaultValue: read<PropertyValue>(row.default_value),
    publicAccess: read<PropertyDefinition['publicAccess']>(row.public_access),
  };
}

function fromDefinition(definition: PropertyDefinition): Omit<DefinitionRow, 'license_id' | 'created_at'> {
  return {
    namespace: definition.namespace,
    name: definition.name,
    type: definition.type,
    access: JSON.stringify(definition.access),
    description: definition.description,
    domain: written(definition.domain),
    value_range: written(definition.range),
    default_value: written(definition.defaultValue),
    public_access: written(definition.publicAccess),
  };
}

function read<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

function written(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
