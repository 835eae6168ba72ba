import type { Micros } from '../../kernel/clock.ts';

/**
 * `pending`: the record was not seen yet. `lapsed`: it was there and has been missing for days: answers of an
 * identity provider are not taken for it any more, but the rules of the organization go on holding for its people.
 */
export type DomainState = 'pending' | 'verified' | 'lapsed';

/** Why the last look at the DNS did not find the record. */
export type DomainProblem = 'no_record' | 'other_record' | 'no_answer' | 'held_by_another';

/** A domain of e-mail addresses that an organization says is its own. */
export interface OrganizationDomain {
  /** UUID: its name on the wire. */
  id: string;
  licenseId: number;
  /** Small letters, ASCII (Punycode where it has others). */
  domain: string;
  /** What the DNS has to say; no secret. */
  token: string;
  createdAt: Micros;
  /** When the record was first seen since it was last missing for long; null while it never was. */
  verifiedAt: Micros | null;
  lapsedAt: Micros | null;
  checkedAt: Micros | null;
  nextCheckAt: Micros;
  problem: DomainProblem | null;
  /** Since when the record of a verified domain is missing. */
  failingSince: Micros | null;
}

/** Who may come in by an answer of the identity provider: people who are in already (or were invited), or anybody. */
export type Provisioning = 'off' | 'members';

/** The identity provider of an organization (SAML 2.0). */
export interface SamlConfiguration {
  licenseId: number;
  entrypoint: string;
  /** One or more certificates in PEM; the provider may sign with any of them. */
  certificate: string;
  idpEntityId: string;
  /** Null: the address of this server's metadata for the organization. */
  spEntityId: string | null;
  active: boolean;
  provisioning: Provisioning;
  /** Grows with each change. */
  revision: number;
  createdAt: Micros;
  updatedAt: Micros;
}

/** What an organization can hold its people to. */
export type LoginMethod = 'saml';

export interface EnforcedLoginMethod {
  licenseId: number;
  method: LoginMethod;
  enforcedBy: string;
  enforcedAt: Micros;
}

/** Whom the identity provider vouches for, as its signed assertion says it. */
export interface SamlSubject {
  nameId: string;
  email: string;
  /** Empty where the provider says none. */
  name: string;
}

/** A question to an identity provider: who is this browser's person? */
export interface SamlRequest {
  key: number;
  /** Of the id that the question and the answer carry. */
  secretHash: Uint8Array;
  browserHash: Uint8Array;
  licenseId: number;
  /** The authorization flow to go back to. */
  handle: string | null;
  /** The page to go back to. */
  next: string | null;
  /** The account of an administrator who tries it out: nobody is signed in by the answer. */
  testedBy: string | null;
  /** The provider was told to ask again, whoever is signed in there. */
  forced: boolean;
  createdAt: Micros;
  expiresAt: Micros;
  answeredAt: Micros | null;
  answerHash: Uint8Array | null;
  subject: SamlSubject | null;
}

/** An organization whose rule holds for somebody, and where they sign in instead. */
export interface RequiredSignIn {
  licenseId: number;
  organizationId: string;
  organization: string;
}
