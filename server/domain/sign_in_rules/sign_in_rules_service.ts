import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { AccountCredentials } from '../grants/account_credentials.ts';
import type { IdentityService } from '../identity/identity_service.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { domainOfEmail } from './domain_rules.ts';
import { type Domains, domains, type ResolveTxt } from './domains.ts';
import { type LoginMethods, loginMethods, uncovered } from './login_methods.ts';
import type { RequiredSignIn } from './records.ts';
import { type SamlConfigurations, samlConfigurations } from './saml_configurations.ts';
import { type SamlSignIn, samlSignIn } from './saml_sign_in.ts';

/** How the people of organizations sign in. */
export interface SignInRulesService {
  domains: Domains;
  loginMethods: LoginMethods;
  saml: SamlConfigurations;
  signIn: SamlSignIn;
  /** Addresses of people who could not sign in any more if SAML were enforced; owners always can. */
  uncovered(licenseId: number): Promise<string[]>;
  /**
   * The organization at whose identity provider the people of an address's domain can sign in, whoever they are.
   * Its answer tells of the domain alone: whether there is such an account, nobody learns by it.
   */
  singleSignOn(email: string): Promise<(RequiredSignIn & { enforced: boolean }) | undefined>;
}

export function createSignInRulesService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  identity: Pick<IdentityService, 'audit' | 'throttle' | 'sessions' | 'secondStep'>;
  credentials: AccountCredentials;
  settings: ServerSettings;
  resolveTxt: ResolveTxt;
  changed(licenseId: number): void;
}): SignInRulesService {
  const { storage } = deps;
  const { audit, throttle, sessions, secondStep } = deps.identity;
  const shared = { ...deps, audit, throttle, sessions, secondStep };
  return {
    domains: domains(shared),
    loginMethods: loginMethods(shared),
    saml: samlConfigurations(shared),
    signIn: samlSignIn(shared),
    uncovered: (licenseId) => uncovered(storage.read, licenseId),
    async singleSignOn(email) {
      const domain = domainOfEmail(email);
      const holder = domain === '' ? undefined : await storage.read.signIn.holderOf(domain);
      if (!holder?.samlActive) return undefined;
      const { licenseId, organizationId, organization, samlEnforced } = holder;
      return { licenseId, organizationId, organization, enforced: samlEnforced };
    },
  };
}
