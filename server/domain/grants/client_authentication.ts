import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type ClientPolicy, policyOf } from '../../oauth/client_profile.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Storage } from '../storage.ts';

/** How the client proved itself: by the body or by HTTP Basic; `undefined` secret where none came. */
export interface ClientCredentials {
  clientId: string | undefined;
  clientSecret: string | undefined;
  /** Who asks, as a hint for whoever rotates the secret. */
  caller?: { ip: string; userAgent: string };
}

export interface AuthenticatedClient {
  known: ClientOfApp;
  policy: ClientPolicy;
  /** Of the secret by which it proved itself; undefined for a client without one. */
  secretKey?: number;
}

/** A secret's "last used" is written at most this often. */
const SECRET_USE_EVERY = seconds(60);
/** Secrets whose last mark is remembered. */
const SECRETS_WATCHED = 10_000;

/**
 * Who asks at the token endpoint and its neighbours (RFC 6749 §2.3): by secret, or by name alone for a client that
 * has none. The function throws GatehouseError `invalid_client`, with the reason for the log of the app's owner.
 */
export function clientAuthentication({
  storage,
  clock,
  apps,
}: {
  storage: Storage;
  clock: Clock;
  apps: AppService;
}): (credentials: ClientCredentials) => Promise<AuthenticatedClient> {
  const secretsMarked = new Map<number, Micros>();

  /** @returns the key of the secret that fits */
  async function proveSecret(
    { client }: ClientOfApp,
    { clientSecret, caller }: ClientCredentials,
  ): Promise<number> {
    if (!clientSecret)
      throw new GatehouseError(
        'invalid_client',
        'client_secret is missing. A server-side app proves itself by it.',
        {
          reason: 'secret_missing',
        },
      );
    const secret = await apps.matchSecret(client.clientId, clientSecret);
    if (!secret)
      throw new GatehouseError(
        'invalid_client',
        'client_secret is wrong or retired. The Console shows which secrets of the app are live.',
        { reason: 'secret_wrong' },
      );
    markSecretUsed(secret.key, caller);
    return secret.key;
  }

  /** Beside the exchange: nobody waits for it. */
  function markSecretUsed(key: number, caller: ClientCredentials['caller']): void {
    const now = clock.now();
    const before = secretsMarked.get(key);
    if (before !== undefined && now - before <= SECRET_USE_EVERY) return;
    if (secretsMarked.size >= SECRETS_WATCHED) secretsMarked.clear();
    secretsMarked.set(key, now);
    storage
      .write((stores) => stores.apps.markSecretUsed(key, now, callerHint(caller)))
      .catch(() => secretsMarked.delete(key));
  }

  return async function authenticateClient(credentials: ClientCredentials): Promise<AuthenticatedClient> {
    const { clientId, clientSecret } = credentials;
    if (!clientId)
      throw new GatehouseError('invalid_client', 'client_id is missing. Send the Client Id of the app.', {
        reason: 'client_id_missing',
      });
    const known = await apps.client(clientId);
    if (!known)
      throw new GatehouseError('invalid_client', 'There is no app with this client_id.', {
        reason: 'client_unknown',
      });
    const policy = policyOf(known.client, known.organization);
    if (policy.confidential) return { known, policy, secretKey: await proveSecret(known, credentials) };
    if (clientSecret)
      throw new GatehouseError(
        'invalid_client',
        'This is a JavaScript app, which has no secret. Leave client_secret out and send code_verifier.',
        { reason: 'secret_of_public_client' },
      );
    return { known, policy };
  };
}

const LONGEST_NAME = 100;

/** Names of programs are short; what is not printable is left out. */
function callerHint(caller: ClientCredentials['caller']): ClientCredentials['caller'] {
  return (
    caller && { ip: caller.ip, userAgent: caller.userAgent.replace(/[^ -~]/g, '').slice(0, LONGEST_NAME) }
  );
}
