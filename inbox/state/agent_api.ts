import { type ActionClient, actionClient } from '../../chat/client/action_client.ts';
import { ChatApiError } from '../../chat/client/chat_api_error.ts';
import { isApiError } from '../../console/api/api_error.ts';
import { readSession, request } from '../../console/api/request.ts';
import type { Session } from '../../console/api/types.ts';

/** Who answers here. */
export interface Me {
  agentId: string;
  groups: readonly { id: number; name: string }[];
  session: Session;
}

interface TokenAnswer {
  access_token: string;
  expires_in: number;
  agent_id: string;
  groups: { id: number; name: string }[];
}

/** Asked for anew before it ends, so that no call meets its end. */
const SPARE_SECONDS = 30;

/** The Agent Chat API, with a token of the session that is kept here and nowhere else. */
export interface AgentApi extends ActionClient {
  /** @throws ChatApiError with status 401 when nobody is logged in */
  me(): Promise<Me>;
}

export function agentApi(): AgentApi {
  let current: { token: string; goodUntil: number } | undefined;
  let asking: Promise<TokenAnswer> | undefined;
  let session: Session | undefined;

  async function ask(): Promise<TokenAnswer> {
    try {
      // The first time, and after somebody logged in anew: the CSRF token comes along.
      session ??= await readSession();
      const answer = await request<TokenAnswer>('POST', '/inbox/token', { body: {}, waitForSession: false });
      current = {
        token: answer.access_token,
        goodUntil: Date.now() + (answer.expires_in - SPARE_SECONDS) * 1000,
      };
      return answer;
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (error.type === 'authentication') session = undefined;
      throw new ChatApiError({ status: error.status, type: error.type, message: error.message });
    }
  }

  function renewed(): Promise<TokenAnswer> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const client = actionClient({
    base: '/v3.6/agent/action/',
    async token(renew) {
      if (!renew && current && Date.now() < current.goodUntil) return current.token;
      return (await renewed()).access_token;
    },
  });
  return {
    ...client,
    async me() {
      const answer = await renewed();
      if (!session) throw new ChatApiError({ status: 401, type: 'authentication' });
      return { agentId: answer.agent_id, groups: answer.groups, session };
    },
  };
}
