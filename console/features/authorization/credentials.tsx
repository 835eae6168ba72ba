import { Badge, Stack, Text } from '@mantine/core';
import type { App, Authorization } from '../../api/types.ts';
import { CopyField } from '../../design/copy_field.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ClientSecrets } from './client_secrets.tsx';

/** Client Id, and for server-side apps the secrets. */
export function Credentials({ app, block }: { app: App; block: Authorization }) {
  const texts = useTexts();
  return (
    <SectionCard
      id="credentials"
      title={texts.credentials.title}
      description={texts.clientTypes[block.type].text}
      action={<Badge variant="light">{texts.clientTypes[block.type].name}</Badge>}
    >
      <Stack gap="md">
        <CopyField
          label={texts.credentials.clientId}
          description={texts.credentials.clientIdHint}
          value={block.client_id}
        />
        {block.type === 'server_side_app' ? (
          <ClientSecrets app={app} secrets={block.secrets} />
        ) : (
          <Text size="sm" c="dimmed">
            {texts.credentials.noSecret}
          </Text>
        )}
      </Stack>
    </SectionCard>
  );
}
