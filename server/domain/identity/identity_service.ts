import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { seal, unseal } from '../../kernel/sealing.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { AccountCredentials } from '../grants/account_credentials.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { type Audit, auditLog } from './audit.ts';
import { type ConfirmPassword, confirmPassword } from './confirm_password.ts';
import { type EmailConfirmation, emailConfirmation } from './email_confirmation.ts';
import { type FreshAuthentication, freshAuthentication } from './fresh_authentication.ts';
import { type LogIn, logIn } from './log_in.ts';
import { type MailOutbox, type MailWriter, mailOutbox } from './mail_outbox.ts';
import { type OrganizationSettingsService, organizationSettings } from './organization_settings.ts';
import { passkeyChallenges } from './passkey_challenges.ts';
import { type Passkeys, passkeys } from './passkeys.ts';
import { type PasswordChanges, passwordChanges } from './password_changes.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { cleanLine, nameProblem } from './profile_rules.ts';
import type { Group, Member, Membership, Organization } from './records.ts';
import { type SecondStep, secondStep } from './second_step.ts';
import { type SessionService, sessionService } from './sessions.ts';
import { tellOwner } from './sign_in_changes.ts';
import { type SignUp, signUp } from './sign_up.ts';
import { type Throttle, throttle } from './throttling.ts';
import { type TwoStep, twoStep } from './two_step.ts';

/** People, their organizations, and how they prove who they are. */
export interface IdentityService {
  signUp: SignUp;
  logIn: LogIn;
  sessions: SessionService;
  secondStep: SecondStep;
  twoStep: TwoStep;
  passkeys: Passkeys;
  fresh: FreshAuthentication;
  confirmation: EmailConfirmation;
  passwords: PasswordChanges;
  confirmPassword: ConfirmPassword;
  outbox: MailOutbox;
  audit: Audit;
  throttle: Throttle;
  settings: OrganizationSettingsService;
  /** @throws GatehouseError `validation` */
  rename(accountId: string, name: string): Promise<void>;
  organizationsOf(accountId: string): Promise<{ organization: Organization; membership: Membership }[]>;
  organization(licenseId: number): Promise<Organization | undefined>;
  organizationById(id: string): Promise<Organization | undefined>;
  member(licenseId: number, accountId: string): Promise<Member | undefined>;
  members(licenseId: number): Promise<Member[]>;
  groups(licenseId: number): Promise<Group[]>;
}

export function createIdentityService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  writer: MailWriter;
  settings: ServerSettings;
  credentials: AccountCredentials;
  onSettingsChanged(): void;
}): IdentityService {
  const { storage } = deps;
  const audit = auditLog(deps.clock, deps.identifiers);
  const outbox = mailOutbox(deps);
  const limits = throttle(storage, deps.clock, deps.keyring);
  const totpKey = deps.keyring.derive('authenticator apps');
  const confirm = confirmPassword({ ...deps, audit, throttle: limits });
  const shared = {
    ...deps,
    audit,
    outbox,
    throttle: limits,
    confirmPassword: confirm,
    tellOwner: tellOwner({ ...deps, outbox }),
    sealTotp: (secret: string) => seal(totpKey, deps.random, secret),
    openTotp: (sealed: string) => unseal(totpKey, sealed),
  };
  const sessions = sessionService(shared);
  const second = secondStep({ ...shared, sessions });
  const confirmation = emailConfirmation(shared);
  const { identity } = storage.read;
  return {
    signUp: signUp({ ...shared, sessions, confirmation }),
    logIn: logIn({ ...shared, sessions, secondStep: second }),
    sessions,
    secondStep: second,
    twoStep: twoStep(shared),
    passkeys: passkeys({ ...shared, sessions, challenges: passkeyChallenges(shared) }),
    fresh: freshAuthentication(shared),
    confirmation,
    passwords: passwordChanges(shared),
    confirmPassword: confirm,
    outbox,
    audit,
    throttle: limits,
    settings: organizationSettings({ storage, audit, onChanged: deps.onSettingsChanged }),
    async rename(accountId, raw) {
      const name = cleanLine(raw);
      const problem = nameProblem(name);
      if (problem)
        throw new GatehouseError('validation', 'Please check the marked fields.', { fields: [problem] });
      await storage.write((stores) => stores.identity.renameAccount(accountId, name));
    },
    organizationsOf: (accountId) => identity.organizationsOf(accountId),
    organization: (licenseId) => identity.organization(licenseId),
    organizationById: (id) => identity.organizationById(id),
    member: (licenseId, accountId) => identity.member(licenseId, accountId),
    members: (licenseId) => identity.members(licenseId),
    groups: (licenseId) => identity.groups(licenseId),
  };
}
