import { type ActionClient, actionClient, fetchJson } from '../client/action_client.ts';

/** What the server wrote into the page. */
export interface PageSettings {
  organization_id: string;
  organization_name: string;
  client_id: string;
  /** The server's own origin: the token endpoint takes this page from no other. */
  origin: string;
}

interface TokenAnswer {
  access_token: string;
  entity_id: string;
  expires_in: number;
}

/** Asked for anew before it ends, so that no call meets its end. */
const SPARE_SECONDS = 120;

/** The Customer Chat API, with the token that the browser's cookies stand for. */
export function customerApi(settings: PageSettings): ActionClient & { customerId(): string } {
  let current: { token: string; goodUntil: number } | undefined;
  let asking: Promise<string> | undefined;
  let customerId = '';

  async function ask(): Promise<string> {
    const answer = await fetchJson<TokenAnswer>('/v2/customer/token', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'cookie',
        client_id: settings.client_id,
        organization_id: settings.organization_id,
      }),
    });
    current = {
      token: answer.access_token,
      goodUntil: Date.now() + (answer.expires_in - SPARE_SECONDS) * 1000,
    };
    customerId = answer.entity_id;
    return current.token;
  }

  async function token(renew: boolean): Promise<string> {
    if (!renew && current && Date.now() < current.goodUntil) return current.token;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const query = `?${new URLSearchParams({ organization_id: settings.organization_id })}`;
  return {
    ...actionClient({ base: '/v3.6/customer/action/', query, token }),
    customerId: () => customerId,
  };
}
