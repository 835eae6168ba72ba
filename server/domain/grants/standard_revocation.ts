import { GatehouseError } from '../../kernel/errors.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage } from '../storage.ts';
import type { AuthenticatedClient } from './client_authentication.ts';
import type { CustomerTokens } from './customer_tokens.ts';
import type { TokenManagement } from './token_management.ts';

export interface StandardRevocation {
  /**
   * Makes a token of this client worthless: an access token with its refresh token, a refresh token with its
   * whole family. Says nothing of a token that is unknown or dead already (RFC 7009 §2.2).
   * @throws GatehouseError `invalid_grant` for a token of another client (§2.1)
   */
  revoke(client: AuthenticatedClient, text: string, actor: Actor): Promise<void>;
}

export function standardRevocation(deps: {
  storage: Storage;
  tokens: OpaqueTokens;
  management: TokenManagement;
  customers: CustomerTokens;
}): StandardRevocation {
  const { storage, tokens } = deps;

  async function find(text: string): Promise<{ kind: string; clientId: string } | undefined> {
    const parsed = tokens.parse(text);
    if (!parsed) return undefined;
    const { grants } = storage.read;
    const rows = {
      access: () => grants.accessToken(parsed.key),
      refresh: () => grants.refreshToken(parsed.key),
      customer: () => grants.customerToken(parsed.key),
    };
    if (!(parsed.kind in rows)) return undefined;
    const row = await rows[parsed.kind as keyof typeof rows]();
    if (!row || !sameSecret(parsed.secretHash, row.secretHash)) return undefined;
    return { kind: parsed.kind, clientId: row.clientId };
  }

  return {
    async revoke({ known }, text, actor) {
      const found = await find(text);
      if (!found) return;
      if (found.clientId !== known.client.clientId)
        throw new GatehouseError('invalid_grant', 'The token was issued to another client.', {
          reason: 'token_other_client',
        });
      if (found.kind === 'customer') await deps.customers.revoke(text);
      else await deps.management.revoke(text, actor);
    },
  };
}
