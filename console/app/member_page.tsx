import { Anchor, Badge, Group, List, Stack, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '../api/use_session.ts';
import { NameText } from '../design/name_text.tsx';
import { nameInSentence } from '../design/names.ts';
import { PageHeader } from '../design/page_header.tsx';
import { SectionCard } from '../design/section_card.tsx';
import { ChatPageCard } from '../features/chat_page/chat_page_card.tsx';
import { useTexts } from '../texts/texts.ts';

/** For people who may not develop here: who can help them. */
export function MemberPage() {
  const texts = useTexts();
  const { helpers, organization, urls } = useSession();
  return (
    <div className="page">
      <PageHeader
        title={texts.member.title}
        description={texts.member.description(nameInSentence(organization.name))}
      />
      <SectionCard title={texts.member.whoCanHelp} description={texts.member.ask}>
        {helpers.length === 0 ? (
          <Text size="sm">{texts.member.nobody}</Text>
        ) : (
          <ul className="row_list">
            {helpers.map((helper) => (
              <li key={helper.email}>
                <Group justify="space-between" gap="xs">
                  <Stack gap={0} miw={0} flex="1 1 12rem">
                    <NameText fw={600}>{helper.name}</NameText>
                    <Anchor
                      href={`mailto:${encodeURIComponent(helper.email)}?subject=${encodeURIComponent(texts.member.mailSubject)}`}
                      size="sm"
                      className="name"
                    >
                      <IconMail size={14} aria-hidden="true" style={{ verticalAlign: '-2px' }} />{' '}
                      {helper.email}
                    </Anchor>
                  </Stack>
                  <Badge variant="light">{texts.roles[helper.role]}</Badge>
                </Group>
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
      <ChatPageCard />
      <SectionCard title={texts.member.meanwhile}>
        <List size="sm" spacing="xs">
          <List.Item>
            <Anchor component={Link} to="/settings/personal-access-tokens">
              {texts.member.makeToken}
            </Anchor>
          </List.Item>
          <List.Item>
            <Anchor href={urls.docs}>{texts.member.readDocs}</Anchor>
          </List.Item>
          <List.Item>
            <Anchor href={urls.account}>{texts.member.seeAccount}</Anchor>
          </List.Item>
        </List>
      </SectionCard>
    </div>
  );
}
