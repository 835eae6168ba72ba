import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const retireClientSecret = consoleMethod({
  name: 'retire_client_secret',
  summary: 'Retire a secret: from now on it is refused',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/apps/:app_id/secrets/:secret_id' },
  input: Type.Object(
    { app_id: AppId, secret_id: Type.String({ description: 'Id of the secret.' }) },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found', 'limit_reached'],
  handler: async (context) => {
    const { services, input } = context;
    const details = await services.apps.retireSecret(
      editorOf(context),
      appIdOf(input),
      secretKey(input.secret_id),
    );
    return presentApp(services, details);
  },
});

function secretKey(text: string): number {
  const key = Number(text);
  if (/^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(key)) return key;
  throw new GatehouseError('not_found', 'This app has no live secret with this id.');
}
