import { Anchor, Group, Stack } from '@mantine/core';
import { useSession } from '../../api/use_session.ts';
import { CopyField } from '../../design/copy_field.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';

/** Where the organization's customers write, to be handed on; and where they are answered. */
export function ChatPageCard() {
  const { organization, urls } = useSession();
  const { chat } = useTexts();
  const address = `${urls.api}/chat/${organization.id}`;
  return (
    <SectionCard title={chat.chatPage.title} description={chat.chatPage.description}>
      <Stack gap="sm">
        <CopyField label={chat.chatPage.address} value={address} />
        <Group gap="lg">
          <Anchor href={address} target="_blank" rel="noopener" size="sm">
            {chat.chatPage.open}
          </Anchor>
          <Anchor href="/inbox" size="sm">
            {chat.openInbox}
          </Anchor>
        </Group>
      </Stack>
    </SectionCard>
  );
}
