import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { AppId, Nothing } from './schemas.ts';

export const deleteApp = consoleMethod({
  name: 'delete_app',
  summary: 'Delete an app, with every token that was issued to it',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/apps/:app_id', status: 204 },
  input: Type.Object(
    { app_id: AppId, name: Type.String({ description: "The app's name, typed to confirm." }) },
    { additionalProperties: false },
  ),
  output: Nothing,
  errors: ['not_found'],
  handler: async (context) => {
    await context.services.apps.delete(editorOf(context), appIdOf(context.input), context.input.name);
    return {};
  },
});
