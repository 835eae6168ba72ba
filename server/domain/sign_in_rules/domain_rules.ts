import { domainToASCII } from 'node:url';
import { days, type Micros, minutes } from '../../kernel/clock.ts';
import type { DomainProblem, DomainState, OrganizationDomain } from './records.ts';
import { DISPOSABLE, FREE_MAIL, NOT_PUBLIC } from './shared_domains.ts';

/** LiveChat's limit. */
export const MOST_DOMAINS = 10;

/** RFC 1035 §2.3.4, without the dot at the end. */
const LONGEST_DOMAIN = 253;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Where the record has to be: beside the domain's own TXT records, which mail needs. */
export const CHALLENGE_LABEL = '_gatehouse-challenge';
const PREFIX = 'gatehouse-verification=';

/** A domain whose record is missing so long is not taken for proven any more. */
const PATIENCE = days(3);
const FIRST_DAYS = days(3);

export type ReadDomain = { ok: true; domain: string } | { ok: false; message: string };

/** Brings what somebody typed into one spelling, or says in words why it cannot be a domain of theirs. */
export function readDomain(typed: string): ReadDomain {
  const text = typed.trim().replace(/^@/, '').replace(/\.$/, '');
  const refuse = (message: string): ReadDomain => ({ ok: false, message });
  if (text === '') return refuse('Enter a domain, such as example.com.');
  if (/[/:?#@\s]/.test(text))
    return refuse(`Enter the domain alone, such as example.com; "${text.slice(0, 80)}" is more than that.`);
  const domain = domainToASCII(text.normalize('NFC')).toLowerCase();
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  if (domain.length > LONGEST_DOMAIN || labels.length < 2 || !labels.every((label) => LABEL.test(label)))
    return refuse(`"${text.slice(0, 80)}" is not a domain name. It should look like example.com.`);
  if (/^\d+$/.test(last))
    return refuse('This is an IP address. Enter the name after the @ of your addresses.');
  if (NOT_PUBLIC.has(last))
    return refuse(`Names under .${last} are not in the public DNS, so that nobody can prove to own one.`);
  if (FREE_MAIL.has(domain))
    return refuse(`Everybody can have an address at ${domain}: it belongs to no organization.`);
  if (DISPOSABLE.has(domain)) return refuse(`${domain} gives out disposable addresses.`);
  return { ok: true, domain };
}

/** The domain of an e-mail address in the spelling in which domains are kept; empty for what is none. */
export function domainOfEmail(email: string): string {
  return domainToASCII(
    email
      .slice(email.lastIndexOf('@') + 1)
      .trim()
      .normalize('NFC'),
  ).toLowerCase();
}

export function domainState({ verifiedAt, lapsedAt }: OrganizationDomain): DomainState {
  if (verifiedAt === null) return 'pending';
  return lapsedAt === null ? 'verified' : 'lapsed';
}

/** The record to publish. */
export function recordOf({ domain, token }: OrganizationDomain): { name: string; value: string } {
  return { name: `${CHALLENGE_LABEL}.${domain}`, value: `${PREFIX}${token}` };
}

/** What the DNS said, or why it said nothing. */
export type TxtAnswer = { kind: 'records'; records: readonly (readonly string[])[] } | { kind: 'no_answer' };

/** @returns what is wrong; undefined when the record is there. A record comes in pieces (RFC 7208 §3.3) */
export function problemOf(domain: OrganizationDomain, answer: TxtAnswer): DomainProblem | undefined {
  if (answer.kind === 'no_answer') return 'no_answer';
  const values = answer.records.map((pieces) =>
    pieces
      .join('')
      .trim()
      .replace(/^"(.*)"$/, '$1'),
  );
  if (values.includes(recordOf(domain).value)) return undefined;
  return values.length === 0 ? 'no_record' : 'other_record';
}

/** When to look again: often while somebody waits for it, then once a day. */
export function nextCheck(domain: OrganizationDomain, verified: boolean, now: Micros): Micros {
  if (verified) return now + days(1);
  if (domain.verifiedAt !== null) return now + minutes(60);
  return now - domain.createdAt < FIRST_DAYS ? now + minutes(10) : now + days(1);
}

/**
 * What a failed look leaves behind. A name server that does not answer proves nothing: the record of a verified
 * domain is missing only where it was asked for and is not there.
 */
export function afterFailure(
  domain: OrganizationDomain,
  problem: DomainProblem,
  now: Micros,
): Pick<OrganizationDomain, 'failingSince' | 'lapsedAt'> {
  const { verifiedAt, lapsedAt, failingSince } = domain;
  if (verifiedAt === null || lapsedAt !== null) return { failingSince, lapsedAt };
  if (problem === 'no_answer') return { failingSince, lapsedAt };
  const since = failingSince ?? now;
  return { failingSince: since, lapsedAt: now - since >= PATIENCE ? now : null };
}
