import { GatehouseError } from '../../kernel/errors.ts';
import type { PropertyDefinition } from './definition.ts';

/** The same words for an app that does not exist and for one of another organization. */
export function notOwned(): GatehouseError {
  return new GatehouseError(
    'authorization',
    'owner_client_id is not the Client Id of an app of your organization.',
  );
}

export function nameTaken(name: string): GatehouseError {
  return new GatehouseError(
    'already_exists',
    `This app has a property "${name.slice(0, 64)}". Unregister it first, if it is private, or choose another name.`,
  );
}

export function limitReached(): GatehouseError {
  return new GatehouseError(
    'limit_reached',
    'This app has as many properties as it can. Unregister one first.',
  );
}

/** Why a definition could not be changed: it is not there, or published for good. */
export function notPrivate(definitions: readonly PropertyDefinition[], name: string): GatehouseError {
  return definitions.some((definition) => definition.name === name)
    ? new GatehouseError(
        'validation',
        `name: The property "${name.slice(0, 64)}" is published: that cannot be done again, changed or taken back.`,
      )
    : new GatehouseError('not_found', `This app has no property "${name.slice(0, 64)}".`);
}

export function noGroup(user: PropertyCallerKind, id: number): GatehouseError {
  return new GatehouseError(
    user === 'customer' ? 'group_not_found' : 'not_found',
    `This organization has no group ${id}.`,
  );
}

type PropertyCallerKind = 'agent' | 'customer';

export function otherNamespace(namespace: string): GatehouseError {
  return new GatehouseError(
    'authorization',
    `This scope opens properties of your own app, and "${namespace.slice(0, 64)}" is not its Client Id.`,
  );
}
