import Type, { type Static } from 'typebox';
import type { NamedInvitation } from '../../domain/people/records.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';

export const Invitation = Type.Object({
  invitation_id: Type.String(),
  name: Type.String({ description: 'Empty where nobody said it.' }),
  email: Type.String(),
  product: Type.Literal('LiveChat'),
  creator_id: Type.String({ description: 'The account that proposed it, or sent it last.' }),
  organization_id: Type.String(),
  updated_at: Type.String(),
  created_at: Type.String(),
});

export function presentInvitation(
  invitation: NamedInvitation,
  organizationId: string,
): Static<typeof Invitation> {
  return {
    invitation_id: invitation.id,
    name: invitation.name ?? '',
    email: invitation.email,
    product: 'LiveChat',
    creator_id: invitation.invitedBy,
    organization_id: organizationId,
    updated_at: formatTimestamp(invitation.sentAt),
    created_at: formatTimestamp(invitation.createdAt),
  };
}
