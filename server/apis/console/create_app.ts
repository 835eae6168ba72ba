import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, ProductName } from './schemas.ts';

export const createApp = consoleMethod({
  name: 'create_app',
  summary: 'Create an app in the organization',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/apps', status: 201 },
  input: Type.Object(
    {
      name: Type.String({ description: 'What people read on the consent page. 1 to 100 characters.' }),
      product: ProductName,
    },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['limit_reached'],
  example: { name: 'Order lookup', product: 'livechat' },
  handler: async (context) => {
    const { name, product } = context.input;
    const details = await context.services.apps.create(editorOf(context), { name, product });
    return presentApp(context.services, details);
  },
});
