import { UNVERIFIED_PER_ORGANIZATION } from '../../domain/registration/dynamic_registration.ts';
import type { RegistrationState } from '../../domain/registration/registration_settings.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import type { DynamicRegistration, InitialAccessToken } from './schemas.ts';

/** Who may register apps in the caller's organization, as it is now. */
export async function presentRegistration(
  services: Services,
  { organization }: ConsoleCaller,
): Promise<DynamicRegistration> {
  const state = await services.registration.settings.read(organization.licenseId);
  return {
    mode: state.mode,
    endpoint: `${services.settings.publicUrl}/oauth2/register/${organization.id}`,
    initial_access_tokens: state.initialTokens.map(presentInitialToken),
    unverified: state.unverified,
    most_unverified: UNVERIFIED_PER_ORGANIZATION,
  };
}

export function presentInitialToken(token: RegistrationState['initialTokens'][number]): InitialAccessToken {
  return {
    id: token.id,
    name: token.name,
    created_at: formatTimestamp(token.createdAt),
    expires_at: formatTimestamp(token.expiresAt),
    last_used_at: token.lastUsedAt === null ? null : formatTimestamp(token.lastUsedAt),
    uses: token.uses,
    expired: token.expired,
  };
}
