import { Badge, Box, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { installPublicApp, type OfferedApp, uninstallPublicApp } from '../../api/publishing.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { SquarePicture } from '../../design/square_picture.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';

/** One app of whatever organization: who made it, what it asks for, and the button that it needs. */
export function OfferedAppRow({ app }: { app: OfferedApp }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const isInstalled = app.installed_at !== null;
  const change = useMutation({
    mutationFn: async () => {
      if (isInstalled) await uninstallPublicApp(app.id);
      else await installPublicApp(app.id);
    },
    // Also after a refusal: somebody else may have done the same meanwhile.
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['public_apps'] }),
        queryClient.invalidateQueries({ queryKey: ['app', app.id] }),
      ]),
  });
  const name = nameInSentence(app.name);
  const press = async () => {
    const sure =
      !isInstalled ||
      (await confirm({
        title: texts.publicApps.uninstallTitle,
        text: texts.publicApps.uninstallText(name),
        confirm: texts.publicApps.uninstall,
        danger: true,
      }));
    if (sure) change.mutate();
  };
  return (
    <li>
      <Group gap="md" align="flex-start" wrap="nowrap">
        <SquarePicture name={app.name} url={app.icon_url} size={40} />
        <Box flex={1} miw={0}>
          <Group gap="xs">
            <NameText fw={600}>{app.name}</NameText>
            {app.own ? <Badge variant="outline">{texts.publicApps.own}</Badge> : null}
            {app.public ? null : (
              <Badge variant="outline" color="gray">
                {texts.publicApps.withdrawn}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" className="name">
            {texts.publicApps.by(nameInSentence(app.organization))}
            {app.installed_at === null ? null : (
              <>
                {' · '}
                {texts.publicApps.since} <TimeText value={app.installed_at} />
              </>
            )}
          </Text>
          <Text size="sm" mt={4} className="name" dir="auto">
            {app.short_description}
          </Text>
          {app.scopes.length > 0 ? (
            <details>
              <summary>{texts.publicApps.asks(app.scopes.length)}</summary>
              <ul>
                {app.scopes.map(({ scope, words }) => (
                  <li key={scope}>
                    <Text size="sm">
                      {words} <code>{scope}</code>
                    </Text>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
          <ErrorAlert error={change.error} mt="md" />
          <Group mt="sm">
            <Button
              size="sm"
              variant={isInstalled ? 'outline' : 'filled'}
              {...(isInstalled ? { color: 'red' } : {})}
              loading={change.isPending}
              aria-label={`${isInstalled ? texts.publicApps.uninstall : texts.publicApps.install}: ${app.name}`}
              onClick={() => void press()}
            >
              {isInstalled ? texts.publicApps.uninstall : texts.publicApps.install}
            </Button>
          </Group>
        </Box>
      </Group>
    </li>
  );
}
