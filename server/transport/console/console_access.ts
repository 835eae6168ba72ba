import type { ConsoleCaller } from '../../apis/registry/caller.ts';
import type { ConsoleMethod } from '../../apis/registry/method.ts';
import { GatehouseError } from '../../kernel/errors.ts';

/** @throws GatehouseError `authorization` where the person's role is too low */
export function checkAccess(method: Pick<ConsoleMethod, 'access'>, caller: ConsoleCaller): void {
  if (method.access === 'owner' && caller.accountRole !== 'owner')
    throw new GatehouseError(
      'authorization',
      'Only the owner of your organization can do this. Ask the owner, or to be made one.',
      { reason: 'role_too_low' },
    );
  if (method.access === 'member' || caller.accountRole !== 'member') return;
  throw new GatehouseError(
    'authorization',
    'This is looked after by the owners and administrators of your organization, and you are a member. Ask one of them.',
    { reason: 'role_too_low' },
  );
}
