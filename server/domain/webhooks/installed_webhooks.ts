import type { InstallationEffect } from '../apps/installation_effects.ts';

/**
 * Webhooks as a block of an app: they hear of the organizations that have the app. Which those are, each event asks
 * anew; what is still on its way when the app goes is dropped.
 */
export const installedWebhooks: InstallationEffect = {
  block: 'webhooks',
  bring: async () => {},
  takeBack: (stores, { client, licenseId }) => stores.webhooks.dropQueued(licenseId, client.clientId),
  names: async (stores, client) => [
    ...new Set(
      (await stores.webhooks.webhooksOf(client.licenseId, client.clientId)).map(({ action }) => action),
    ),
  ],
};
