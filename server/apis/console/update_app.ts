import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId, Version } from './schemas.ts';

export const updateApp = consoleMethod({
  name: 'update_app',
  summary: "Change an app's name and description",
  access: 'developer',
  http: { method: 'PATCH', path: '/console/api/apps/:app_id' },
  input: Type.Object(
    {
      app_id: AppId,
      version: Version,
      name: Type.Optional(Type.String({ description: '1 to 100 characters.' })),
      short_description: Type.Optional(
        Type.String({ description: 'What the app is for; at most 400 characters.' }),
      ),
    },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found', 'conflict'],
  handler: async (context) => {
    const { version, name, short_description: shortDescription } = context.input;
    const details = await context.services.apps.update(editorOf(context), appIdOf(context.input), {
      version,
      ...(name === undefined ? {} : { name }),
      ...(shortDescription === undefined ? {} : { shortDescription }),
    });
    return presentApp(context.services, details);
  },
});
