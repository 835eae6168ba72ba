import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { resendInvitation, revokeInvitation } from '../../api/people.ts';
import { invitationsQuery } from '../../api/queries.ts';
import type { Invitation } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { DateText, TimeText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

/** One open invitation, to be sent again or taken back. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const texts = useTexts();
  const words = texts.people.invitations;
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const email = clipName(invitation.email);
  const resend = useMutation({
    mutationFn: () => resendInvitation(invitation.id),
    onSuccess: () => {
      toast.done(words.resent(email));
      return refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSuccess: () => {
      toast.done(words.revoked(email));
      return refresh();
    },
  });
  const ask = async () => {
    const title = words.revokeTitle(nameInSentence(invitation.email));
    if (await confirm({ title, text: words.revokeText, confirm: words.revoke, danger: true }))
      revoke.mutate();
  };
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <Stack gap={2} flex="1 1 14rem" miw={0}>
          <Group gap="xs">
            <NameText fw={600}>{invitation.email}</NameText>
            <Badge variant="default">{texts.roles[invitation.role]}</Badge>
            {invitation.expired ? (
              <Badge variant="light" color="red">
                {words.expired}
              </Badge>
            ) : null}
          </Group>
          <Text size="xs" c="dimmed" className="name">
            {words.sent} <TimeText value={invitation.sent_at} />
            {invitation.invited_by ? ` ${words.by(nameInSentence(invitation.invited_by))}` : ''}
            {invitation.expired ? null : (
              <>
                {' · '}
                {words.expires} <DateText value={invitation.expires_at} />
              </>
            )}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            loading={resend.isPending}
            aria-label={words.resendTo(email)}
            onClick={() => resend.mutate()}
          >
            {words.resend}
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="xs"
            loading={revoke.isPending}
            aria-label={words.revokeOf(email)}
            onClick={() => void ask()}
          >
            {words.revoke}
          </Button>
        </Group>
      </Group>
      <ErrorAlert error={resend.error ?? revoke.error} mt="md" />
    </li>
  );
}
