import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { invitationsQuery } from '../../api/queries.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { InvitationRow } from './invitation_row.tsx';

/** Who was asked in and has not answered. */
export function InvitationsCard() {
  const texts = useTexts();
  const words = texts.people.invitations;
  const list = useInfiniteQuery(invitationsQuery);
  const invitations = (list.data?.pages ?? []).flatMap((page) => page.invitations);
  return (
    <SectionCard title={words.title} description={words.description}>
      {list.isPending ? (
        <RowsSkeleton rows={2} />
      ) : list.isSuccess && invitations.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <ul className="row_list">
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
      <ErrorAlert error={list.error} title={words.failed} mt="md" />
      <MoreButton list={list} label={texts.people.more} mt="md" />
    </SectionCard>
  );
}
