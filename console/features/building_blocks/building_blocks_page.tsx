import { Badge, Group, Text, ThemeIcon } from '@mantine/core';
import { IconShieldLock, IconWebhook } from '@tabler/icons-react';
import { LinkButton } from '../../design/link_button.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';

/** What an app can be made of. Only blocks that work are shown. */
export function BuildingBlocksPage() {
  const texts = useTexts();
  const app = useApp();
  const block = app.authorization;
  return (
    <>
      <PageHeader
        title={texts.buildingBlocks.title}
        description={texts.buildingBlocks.description}
        context={app.name}
      />
      <SectionCard
        title={texts.buildingBlocks.authorization.title}
        description={texts.buildingBlocks.authorization.text}
        action={
          <ThemeIcon size={44} radius="md" variant="light" aria-hidden="true">
            <IconShieldLock size={24} />
          </ThemeIcon>
        }
      >
        <Group justify="space-between" gap="sm">
          {block ? (
            <Group gap="xs">
              <Badge variant="light">{texts.buildingBlocks.added}</Badge>
              <Text size="sm" c="dimmed">
                {texts.clientTypes[block.type].name}
              </Text>
            </Group>
          ) : (
            <Text size="sm" c="dimmed">
              {texts.buildingBlocks.notAdded}
            </Text>
          )}
          <LinkButton to="/apps/$appId/authorization" params={{ appId: app.id }}>
            {block ? texts.buildingBlocks.configure : texts.buildingBlocks.getStarted}
          </LinkButton>
        </Group>
      </SectionCard>
      <SectionCard
        title={texts.chatWebhooks.title}
        description={texts.chatWebhooks.text}
        action={
          <ThemeIcon size={44} radius="md" variant="light" aria-hidden="true">
            <IconWebhook size={24} />
          </ThemeIcon>
        }
      >
        <Group justify="flex-end" gap="sm">
          <LinkButton
            to="/apps/$appId/chat-webhooks"
            params={{ appId: app.id }}
            aria-label={`${texts.buildingBlocks.configure}: ${texts.chatWebhooks.title}`}
          >
            {texts.buildingBlocks.configure}
          </LinkButton>
        </Group>
      </SectionCard>
    </>
  );
}
