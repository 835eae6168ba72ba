import type { ValueCaller } from '../../domain/properties/property_values.ts';
import type { VisitorCaller } from '../registry/caller.ts';

/** Who calls an open method: a visitor of whom nothing is known, so that only what is published is shown. */
export function anybodyOf({ organization }: VisitorCaller): ValueCaller {
  return { user: 'customer', clientId: null, licenseId: organization.licenseId, namespaces: 'all' };
}
