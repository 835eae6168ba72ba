import type { Micros } from '../../kernel/clock.ts';
import type {
  DomainProblem,
  EnforcedLoginMethod,
  LoginMethod,
  OrganizationDomain,
  RequiredSignIn,
  SamlConfiguration,
  SamlRequest,
  SamlSubject,
} from './records.ts';

/** Storage port of how the people of an organization sign in: its domains, its identity provider, its rules. */
export interface SignInStore {
  /** @returns false when the organization has the domain already */
  addDomain(domain: OrganizationDomain): Promise<boolean>;
  /** In the order in which they were added. */
  domains(licenseId: number): Promise<OrganizationDomain[]>;
  domain(licenseId: number, id: string): Promise<OrganizationDomain | undefined>;
  removeDomain(licenseId: number, id: string): Promise<boolean>;
  /** Domains of all organizations whose next look is due, the longest overdue first. */
  domainsDue(now: Micros, limit: number): Promise<OrganizationDomain[]>;
  /** Keeps a due look for one server. @returns true for exactly one caller */
  claimDomainCheck(id: string, seen: Micros, until: Micros): Promise<boolean>;
  /**
   * The record was seen. @returns false when another organization holds the domain, or this one gave it up
   * meanwhile
   */
  holdDomain(licenseId: number, id: string, now: Micros, nextCheckAt: Micros): Promise<boolean>;
  /** The record was not seen; a lapsed domain is free for others to hold. */
  noteMissingRecord(
    licenseId: number,
    id: string,
    seen: {
      problem: DomainProblem;
      now: Micros;
      nextCheckAt: Micros;
      failingSince: Micros | null;
      lapsedAt: Micros | null;
    },
  ): Promise<void>;
  /** The organization that has proven a domain, and its identity provider where one is active. */
  holderOf(
    domain: string,
  ): Promise<(RequiredSignIn & { samlActive: boolean; samlEnforced: boolean }) | undefined>;

  /** @returns false when there is one already */
  addSaml(configuration: SamlConfiguration): Promise<boolean>;
  saml(licenseId: number): Promise<SamlConfiguration | undefined>;
  /** Writes all but the license. @returns false when it is at another revision, or gone */
  updateSaml(configuration: SamlConfiguration, from: number): Promise<boolean>;
  removeSaml(licenseId: number): Promise<boolean>;

  /** @returns false when it was enforced already */
  enforceLoginMethod(enforced: EnforcedLoginMethod): Promise<boolean>;
  releaseLoginMethod(licenseId: number, method: LoginMethod): Promise<boolean>;
  loginMethods(licenseId: number): Promise<EnforcedLoginMethod[]>;
  /**
   * The organization that holds somebody to its identity provider: they are an active member there and no owner,
   * and their address lies in a domain that it has proven.
   */
  requiredSignIn(accountId: string, domain: string): Promise<RequiredSignIn | undefined>;

  addSamlRequest(request: SamlRequest): Promise<void>;
  samlRequest(key: number): Promise<SamlRequest | undefined>;
  /** Keeps the answer. @returns true for exactly one caller, and never for a question that is too old */
  answerSamlRequest(
    key: number,
    answer: { answerHash: Uint8Array; subject: SamlSubject },
    now: Micros,
  ): Promise<boolean>;
  /** Uses an answered question up. @returns true for exactly one caller */
  finishSamlRequest(key: number, now: Micros): Promise<boolean>;
  /** @returns true for exactly one caller: an assertion opens one session (SAML bindings §3.5, profiles §4.1.4.5) */
  useAssertion(licenseId: number, assertionId: string, expiresAt: Micros): Promise<boolean>;
  /** Deletes questions and assertions that are too old to matter. @returns how many */
  purgeSignIns(now: Micros, limit: number): Promise<number>;
}
