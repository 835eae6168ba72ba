import { type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import type { Storage } from '../storage.ts';

/** The app that a code or token was given to, dead or alive; undefined where the secret is not the stored one. */
export async function appOfToken(
  { read: { grants } }: Pick<Storage, 'read'>,
  { kind, key, secretHash }: ParsedToken,
): Promise<string | undefined> {
  const row =
    kind === 'access'
      ? await grants.accessToken(key)
      : kind === 'refresh'
        ? await grants.refreshToken(key)
        : kind === 'code'
          ? await grants.code(key)
          : kind === 'customer'
            ? await grants.customerToken(key)
            : undefined;
  return row && sameSecret(secretHash, row.secretHash) ? row.clientId : undefined;
}
