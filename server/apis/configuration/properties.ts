import { deleteGroupProperties } from './delete_group_properties.ts';
import { deleteLicenseProperties } from './delete_license_properties.ts';
import { listGroupsProperties } from './list_groups_properties.ts';
import { listLicensePropertiesOfConfiguration } from './list_license_properties.ts';
import { listProperties } from './list_properties.ts';
import { publishProperty } from './publish_property.ts';
import { registerProperty } from './register_property.ts';
import { unregisterProperty } from './unregister_property.ts';
import { updateGroupProperties } from './update_group_properties.ts';
import { updateLicenseProperties } from './update_license_properties.ts';

/** What properties apps have, and the values of the organization and its groups. */
export const propertyMethods = [
  registerProperty,
  listProperties,
  publishProperty,
  unregisterProperty,
  updateLicenseProperties,
  listLicensePropertiesOfConfiguration,
  deleteLicenseProperties,
  updateGroupProperties,
  listGroupsProperties,
  deleteGroupProperties,
] as const;
