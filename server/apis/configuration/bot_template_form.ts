import Type from 'typebox';
import type { TemplateKeeper } from '../../domain/bots/bot_templates.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';
import { botKeeper } from './bot_form.ts';

export const templateId = Type.String({ minLength: 1, maxLength: 64, description: 'The id of a template.' });

export const templateOwner = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The client id of an app of your organization.',
});

export const affectExisting = Type.Optional(
  Type.Boolean({
    description: 'Holds for installations that are there already, too. `false` where left out.',
  }),
);

/** The caller as somebody of the app’s organization. */
export function templateKeeper(
  context: Pick<
    CallContext<AgentCaller, { owner_client_id: string }>,
    'caller' | 'input' | 'reach' | 'request'
  >,
): TemplateKeeper {
  return { ...botKeeper(context), ownerClientId: context.input.owner_client_id };
}
