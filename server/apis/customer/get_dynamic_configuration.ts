import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { openMethod } from '../registry/method.ts';
import { organizationId } from './actor.ts';

export const getDynamicConfiguration = openMethod({
  name: 'get_dynamic_configuration',
  summary: 'Read what a widget needs to know each time a page opens.',
  description:
    'With `config_version` and `localization_version` it asks for the rest, and only when they are others than the ' +
    'ones it knows. Without `group_id`, the first auto access rule that `url` and your place meet chooses the group, else the widget’s rules for addresses.',
  open: 'changing',
  input: Type.Object({
    organization_id: organizationId,
    group_id: Type.Optional(groupId),
    url: Type.Optional(Type.String({ maxLength: 2048, description: 'The page that the widget is on.' })),
    channel_type: Type.Optional(Type.String({ maxLength: 64, description: 'Taken, and not asked after.' })),
    test: Type.Optional(Type.Boolean({ description: 'Taken: reading counts nothing, test or not.' })),
  }),
  output: Type.Object({
    organization_id: Type.String(),
    default_widget: Type.Enum(['livechat']),
    livechat_active: Type.Boolean(),
    livechat: Type.Object({
      group_id: Type.Integer(),
      client_limit_exceeded: Type.Boolean(),
      domain_allowed: Type.Boolean({ description: '`false`: the page is on none of the trusted domains.' }),
      online_group_ids: Type.Optional(
        Type.Array(Type.Integer(), { description: 'Groups in which somebody is there; left out for none.' }),
      ),
      config_version: Type.String(),
      localization_version: Type.String(),
      language: Type.String(),
    }),
  }),
  errors: ['group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-dynamic-configuration',
  async handler({ caller: { organization }, input, services, request }) {
    const found = await services.widget.reads.dynamicConfiguration(organization.licenseId, {
      groupId: input.group_id,
      url: input.url,
      ip: request.ip,
    });
    return {
      organization_id: organization.id,
      default_widget: 'livechat' as const,
      livechat_active: true,
      livechat: {
        group_id: found.groupId,
        client_limit_exceeded: false,
        domain_allowed: found.domainAllowed,
        ...(found.onlineGroupIds.length > 0 ? { online_group_ids: found.onlineGroupIds } : {}),
        config_version: found.configVersion,
        localization_version: found.localizationVersion,
        language: found.language,
      },
    };
  },
});
