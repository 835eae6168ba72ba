import type { Micros } from '../../kernel/clock.ts';
import type { Properties, PropertyValue } from '../../wire/properties.ts';
import type { PropertyDefinition, PropertyRight } from './definition.ts';

/** A value that an organization (`groupId` null) or one of its groups has. */
export interface StoredValue {
  groupId: number | null;
  namespace: string;
  name: string;
  value: PropertyValue;
}

/** Storage port: definitions of apps' properties, and the values that organizations and groups have. */
export interface PropertyStore {
  /**
   * All of one app's. Who owns the app has no part in it: an app works with its properties in every organization
   * that uses it.
   */
  definitions(namespace: string): Promise<PropertyDefinition[]>;
  /** Of an organization's own apps, those that have a default value. */
  definitionsWithDefault(licenseId: number): Promise<PropertyDefinition[]>;
  /** @returns false when the name is taken */
  addDefinition(licenseId: number, definition: PropertyDefinition, now: Micros): Promise<boolean>;
  /** @returns false when the organization has no such private definition */
  removePrivateDefinition(licenseId: number, namespace: string, name: string): Promise<boolean>;
  /** @returns false when the organization has no such private definition */
  publishDefinition(
    licenseId: number,
    namespace: string,
    name: string,
    publicAccess: readonly PropertyRight[],
  ): Promise<boolean>;

  /** @param groupIds null stands for the organization itself */
  values(licenseId: number, groupIds: readonly (number | null)[]): Promise<StoredValue[]>;
  /** Of the organization and of all its groups. */
  allValues(licenseId: number): Promise<StoredValue[]>;
  setValues(licenseId: number, groupId: number | null, properties: Properties, now: Micros): Promise<void>;
  removeValues(licenseId: number, groupId: number | null, names: Record<string, string[]>): Promise<void>;
  /** All that a group has. */
  removeGroupValues(licenseId: number, groupId: number): Promise<void>;
}
