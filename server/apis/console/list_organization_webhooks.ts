import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';

export const listOrganizationWebhooks = consoleMethod({
  name: 'list_organization_webhooks',
  summary: 'List the webhooks of the apps that the organization has installed',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/organization/webhooks' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    apps: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        client_id: Type.String(),
        enabled: Type.Boolean({ description: '`false`: switched off in this organization.' }),
        webhooks: Type.Array(
          Type.Object({
            id: Type.String(),
            action: Type.String(),
            url: Type.String(),
            description: Type.String(),
            type: Type.String(),
          }),
        ),
      }),
    ),
  }),
  handler: async ({ services, caller }) => {
    const apps = await services.webhooks.ofOrganization(caller.organization.licenseId);
    return {
      apps: apps.map(({ app, on, webhooks }) => ({
        id: app.id,
        name: app.name,
        client_id: app.clientId,
        enabled: on,
        webhooks: webhooks.map(({ id, action, url, description, type }) => ({
          id,
          action,
          url,
          description,
          type,
        })),
      })),
    };
  },
});
