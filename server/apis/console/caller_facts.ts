import type { Editor } from '../../domain/apps/app_service.ts';
import type { Actor } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

type Call = Pick<CallContext<ConsoleCaller, unknown>, 'caller' | 'request'>;

/** Who did it and by which request, for the audit log. */
export function actorOf({ request }: Call): Actor {
  return { ip: request.ip, userAgent: request.userAgent, requestId: request.id };
}

/** The person at the Console as the one who changes an app. */
export function editorOf(call: Call): Editor {
  const { organization, accountId } = call.caller;
  return { licenseId: organization.licenseId, accountId, actor: actorOf(call) };
}

/**
 * An app id from the address. What is no id at all is no app either.
 * @throws GatehouseError `not_found`, in the words for an app of somebody else
 */
export function appIdOf(input: { app_id: string }): string {
  if (isUuid(input.app_id)) return input.app_id;
  throw new GatehouseError('not_found', 'There is no app with this id in your organization.');
}
