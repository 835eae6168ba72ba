import Type from 'typebox';
import type { IncomingFile } from '../../domain/files/file_contents.ts';
import { uploadDescription, uploadedFile } from '../../wire/file.ts';
import { agentMethod } from '../registry/method.ts';

export const uploadFile = agentMethod({
  name: 'upload_file',
  summary: 'Upload a file, to send it to a chat afterwards.',
  description: uploadDescription,
  scopes: [],
  upload: true,
  input: Type.Object({ file: uploadedFile<IncomingFile>() }),
  output: Type.Object({ url: Type.String() }),
  errors: ['entity_too_large', 'unsupported_media_type', 'limit_reached', 'service_unavailable'],
  source: 'messaging/agent-chat-api#upload-file',
  handler: ({ caller, input, services }) =>
    services.files.keep({ licenseId: caller.organization.licenseId, userId: caller.agentId }, input.file),
});
