import Type from 'typebox';
import type { IncomingFile } from '../../domain/files/file_contents.ts';
import { uploadDescription, uploadedFile } from '../../wire/file.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const uploadFile = customerMethod({
  name: 'upload_file',
  summary: 'Upload a file, to send it to your chat afterwards.',
  description: uploadDescription,
  upload: true,
  input: Type.Object({ organization_id: organizationId, file: uploadedFile<IncomingFile>() }),
  output: Type.Object({ url: Type.String() }),
  errors: [
    'entity_too_large',
    'unsupported_media_type',
    'limit_reached',
    'license_not_found',
    'service_unavailable',
  ],
  source: 'messaging/customer-chat-api#upload-file',
  handler(context) {
    const { licenseId, customerId } = customerActor(context);
    return context.services.files.keep({ licenseId, userId: customerId }, context.input.file);
  },
});
