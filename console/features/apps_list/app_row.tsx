import { Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AppSummary } from '../../api/types.ts';
import { NameText } from '../../design/name_text.tsx';
import { SquarePicture } from '../../design/square_picture.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';

/** One app of the list: picture, name, product, kind of client, last change. */
export function AppRow({ app }: { app: AppSummary }) {
  const texts = useTexts();
  return (
    <li className="app_row">
      <Group wrap="nowrap" gap="md">
        <SquarePicture name={app.name} url={app.icon_url} size={44} />
        <Group justify="space-between" gap="xs" flex={1} miw={0}>
          <Stack gap={0} flex="1 1 12rem" miw={0}>
            <Link
              to="/apps/$appId/overview"
              params={{ appId: app.id }}
              style={{ color: 'inherit', minWidth: 0 }}
            >
              <NameText fw={600}>{app.name}</NameText>
            </Link>
            <NameText size="sm" c="dimmed">
              {app.short_description || texts.products[app.product]}
            </NameText>
          </Stack>
          <Group gap="xs">
            {app.registration ? (
              <Badge variant="light" color={app.registration.verified ? 'gray' : 'orange'}>
                {app.registration.verified ? texts.apps.registered : texts.apps.unverified}
              </Badge>
            ) : null}
            <Badge variant="default">{texts.products[app.product]}</Badge>
            <Badge variant="light" color={app.client ? 'teal' : 'gray'}>
              {app.client ? texts.clientTypes[app.client.type].name : texts.apps.noClient}
            </Badge>
            <Text size="xs" c="dimmed" miw="8.5rem" ta={{ base: 'left', sm: 'right' }}>
              {texts.apps.updated} <TimeText value={app.updated_at} />
            </Text>
          </Group>
        </Group>
      </Group>
    </li>
  );
}
