import Type from 'typebox';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const getUrlInfo = customerMethod({
  name: 'get_url_info',
  summary: 'Read what a page says of itself, for a preview of a link.',
  description:
    'The server opens the page; it must be on the public internet, at the usual ports. A value that the page does not ' +
    'give is left out. Images are not copied: `image_url` and `image_original_url` are the same, and the sizes are ' +
    'those that the page names. At most 30 a minute for each customer.',
  input: Type.Object({
    organization_id: organizationId,
    url: Type.String({ minLength: 1, maxLength: 2048, description: '`https://` or `http://`.' }),
  }),
  output: Type.Object({
    url: Type.String({ description: 'As you sent it.' }),
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    image_url: Type.Optional(Type.String()),
    image_original_url: Type.Optional(Type.String()),
    image_width: Type.Optional(Type.Integer()),
    image_height: Type.Optional(Type.Integer()),
  }),
  errors: ['too_many_requests', 'service_unavailable', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-url-info',
  async handler(context) {
    const { customerId } = customerActor(context);
    const info = await context.services.customers.urlInfo(customerId, context.input.url);
    const { url, title, description, imageUrl, imageWidth, imageHeight } = info;
    return {
      url,
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(imageUrl === undefined ? {} : { image_url: imageUrl, image_original_url: imageUrl }),
      ...(imageWidth === undefined ? {} : { image_width: imageWidth }),
      ...(imageHeight === undefined ? {} : { image_height: imageHeight }),
    };
  },
});
