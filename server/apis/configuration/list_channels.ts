import Type from 'typebox';
import { channelTypes } from '../../domain/license/license_store.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { timestamp } from '../../wire/page.ts';
import { agentMethod } from '../registry/method.ts';

export const listChannels = agentMethod({
  api: 'configuration',
  name: 'list_channels',
  summary: 'List the ways by which customers came, with the first time of each.',
  description:
    '`direct_link` is the chat page; `integration` an app that customers chat through, whose Client Id is `channel_subtype`. ' +
    '`code`, a widget by a snippet of code, does not occur yet.',
  scopes: [],
  input: Type.Object({}),
  output: Type.Array(
    Type.Object({
      channel_type: Type.Enum([...channelTypes]),
      channel_subtype: Type.String(),
      first_activity_timestamp: timestamp,
    }),
  ),
  example: {},
  source: 'management/configuration-api#list-channels',
  async handler({ caller, services }) {
    const channels = await services.license.channels(caller.organization.licenseId);
    return channels.map(({ type, subtype, firstActivityAt }) => ({
      channel_type: type,
      channel_subtype: subtype,
      first_activity_timestamp: formatTimestamp(firstActivityAt),
    }));
  },
});
