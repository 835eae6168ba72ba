import { Button, Group, Text } from '@mantine/core';
import { IconPackage, IconPackageOff } from '@tabler/icons-react';
import { installApp, uninstallApp } from '../../api/apps.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

export function PrivateInstallationPage() {
  const texts = useTexts();
  const app = useApp();
  const { organization } = useSession();
  const confirm = useConfirm();
  const install = useAppMutation(
    app.id,
    () => installApp(app.id),
    (answer) => answer,
  );
  const uninstall = useAppMutation(
    app.id,
    () => uninstallApp(app.id),
    (answer) => answer,
  );
  const where = nameInSentence(organization.name);

  const askUninstall = async () => {
    const sure = await confirm({
      title: texts.installation.uninstallTitle,
      text: texts.installation.uninstallText(nameInSentence(app.name), where),
      confirm: texts.installation.uninstall,
      danger: true,
    });
    if (sure) uninstall.mutate(undefined);
  };

  return (
    <>
      <PageHeader
        title={texts.installation.title}
        description={texts.installation.description}
        context={app.name}
      />
      <SectionCard
        title={
          app.installation
            ? texts.installation.installedTitle(where)
            : texts.installation.notInstalledTitle(where)
        }
        description={
          app.installation ? texts.installation.installedText : texts.installation.notInstalledText
        }
      >
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" className="name" flex="1 1 14rem" role="status">
            {app.installation ? (
              <>
                {texts.installation.since} <TimeText value={app.installation.installed_at} />{' '}
                {texts.installation.by(nameInSentence(app.installation.installed_by))}
              </>
            ) : (
              texts.installation.never
            )}
          </Text>
          {app.installation ? (
            <Button
              variant="outline"
              color="red"
              leftSection={<IconPackageOff size={16} />}
              loading={uninstall.isPending}
              onClick={() => void askUninstall()}
            >
              {texts.installation.uninstall}
            </Button>
          ) : (
            <Button
              leftSection={<IconPackage size={16} />}
              loading={install.isPending}
              onClick={() => install.mutate(undefined)}
            >
              {texts.installation.install}
            </Button>
          )}
        </Group>
        <ErrorAlert error={install.error ?? uninstall.error} mt="md" />
      </SectionCard>
    </>
  );
}
