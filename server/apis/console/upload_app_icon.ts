import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const uploadAppIcon = consoleMethod({
  name: 'upload_app_icon',
  summary: "Set an app's picture",
  description:
    'The body is the picture itself: PNG, JPEG or WebP, square, 64 to 1024 pixels, at most 256 KB.',
  access: 'developer',
  http: { method: 'PUT', path: '/console/api/apps/:app_id/icon' },
  rawBody: ['image/png', 'image/jpeg', 'image/webp'],
  input: Type.Object(
    { app_id: AppId, body: Type.Unsafe<Buffer>({ description: 'The bytes of the picture.' }) },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found', 'entity_too_large', 'unsupported_media_type'],
  handler: async (context) => {
    const { services, input } = context;
    return presentApp(services, await services.apps.setIcon(editorOf(context), appIdOf(input), input.body));
  },
});
