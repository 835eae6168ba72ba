import Type, { type Static } from 'typebox';
import { domainState, recordOf } from '../../domain/sign_in_rules/domain_rules.ts';
import type { OrganizationDomain as DomainRecord } from '../../domain/sign_in_rules/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentCaller } from '../registry/caller.ts';

export const OrganizationId = Type.String({ maxLength: 64, description: 'Its UUID, or `my`.' });

export const OrganizationDomain = Type.Object({
  organization_id: Type.String(),
  domain_id: Type.String(),
  domain: Type.String(),
  type: Type.Literal('open'),
  created_at: Type.String(),
  state: Type.Enum(['pending', 'verified', 'lapsed'], {
    description: '`lapsed`: the record was there, and has been missing for three days.',
  }),
  verification: Type.Object(
    {
      record_type: Type.Literal('TXT'),
      name: Type.String(),
      value: Type.String(),
      problem: Type.Union(
        [Type.Enum(['no_record', 'other_record', 'no_answer', 'held_by_another']), Type.Null()],
        { description: 'Why the last look did not prove the domain.' },
      ),
      checked_at: Type.Union([Type.String(), Type.Null()]),
      next_check_at: Type.String(),
    },
    { description: 'The DNS record that proves the domain, and what the last look at it found.' },
  ),
});

/** A domain on the wire. */
export function presentDomain(
  domain: DomainRecord,
  organization: { id: string },
): Static<typeof OrganizationDomain> {
  const { id, domain: name, createdAt, problem, checkedAt, nextCheckAt } = domain;
  return {
    organization_id: organization.id,
    domain_id: id,
    domain: name,
    type: 'open',
    created_at: formatTimestamp(createdAt),
    state: domainState(domain),
    verification: {
      record_type: 'TXT',
      ...recordOf(domain),
      problem,
      checked_at: checkedAt === null ? null : formatTimestamp(checkedAt),
      next_check_at: formatTimestamp(nextCheckAt),
    },
  };
}

/** @throws GatehouseError `not_found`, the same for one that is somebody else's and for none */
export function needOwnOrganization({ organization }: AgentCaller, id: string): void {
  if (id === 'my' || id.toLowerCase() === organization.id) return;
  throw new GatehouseError('not_found', 'This credential opens no organization with this id. Try `my`.');
}
