import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ClientRevoker } from '../apps/app_service.ts';
import type { Audit } from '../identity/audit.ts';
import { throttle } from '../identity/throttling.ts';
import type { Storage } from '../storage.ts';
import { type DynamicRegistration, dynamicRegistration } from './dynamic_registration.ts';
import { type RegistrationSettings, registrationSettings } from './registration_settings.ts';

/** Apps that register themselves: the endpoint's side, and the owner's. */
export type RegistrationService = DynamicRegistration & { settings: RegistrationSettings };

export function createRegistrationService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  tokens: OpaqueTokens;
  audit: Audit;
  revoker: ClientRevoker;
}): RegistrationService {
  const shared = { ...deps, throttle: throttle(deps.storage, deps.clock, deps.keyring) };
  return {
    ...dynamicRegistration(shared),
    settings: registrationSettings({ ...deps, onChanged: () => deps.revoker.clientsChanged() }),
  };
}
