import { GatehouseError } from '../../kernel/errors.ts';
import type { PropertyDefinition } from './definition.ts';

/** The same words for an app that does not exist and for one of another organization. */
export function notOwned(): GatehouseError {
  return new GatehouseError(
    'authorization',
    'owner_client_id is not the Client Id of an app of your organization.',
  );
}

/** @param taken the name as it is registered, which may differ in case or Unicode form from the wanted one */
export function nameTaken(taken: string): GatehouseError {
  return new GatehouseError(
    'already_exists',
    `This app has a property "${taken.slice(0, 64)}" already; upper and lower case do not make another name. Unregister it first, if it is private, or choose another name.`,
    { fields: [{ field: 'name', message: 'Another property of this app has it.' }] },
  );
}

/** A personal access token belongs to no app, so that the app has to be named. */
export function ownerMissing(): GatehouseError {
  const message =
    'is needed with a personal access token: the Client Id of the app that the properties belong to.';
  return new GatehouseError('validation', `owner_client_id ${message}`, {
    fields: [{ field: 'owner_client_id', message }],
  });
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

export function otherNamespace(namespace: string, clientId: string | null): GatehouseError {
  if (clientId === null)
    return new GatehouseError(
      'authorization',
      'This scope opens properties of the app that a token belongs to, and a personal access token belongs to none. It takes a scope that ends with --all.',
    );
  return new GatehouseError(
    'authorization',
    `This scope opens properties of your own app, and "${namespace.slice(0, 64)}" is not its Client Id.`,
  );
}
