import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { removeIcon, uploadIcon } from '../../api/apps.ts';
import type { App } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { SquarePicture } from '../../design/square_picture.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';
import { checkIcon, ICON_TYPES, type IconProblem } from './icon_file.ts';

/** The app's picture. It is saved when it is chosen; the form's "Save changes" is for the words. */
export function IconField({ app }: { app: App }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const [problem, setProblem] = useState<IconProblem | null>(null);
  const upload = useAppMutation(
    app.id,
    (file: File) => uploadIcon(app.id, file),
    (answer) => answer,
  );
  const remove = useAppMutation(
    app.id,
    () => removeIcon(app.id),
    (answer) => answer,
  );

  const choose = async (file: File | null) => {
    if (!file) return;
    upload.reset();
    remove.reset();
    const found = await checkIcon(file);
    setProblem(found);
    if (!found) upload.mutate(file, { onSuccess: () => toast.done(texts.icon.saved) });
  };
  const askRemove = async () => {
    const sure = await confirm({
      title: texts.icon.removeTitle,
      text: texts.icon.removeText,
      confirm: texts.icon.remove,
      danger: true,
    });
    setProblem(null);
    if (sure) remove.mutate(undefined, { onSuccess: () => toast.done(texts.icon.removed) });
  };

  return (
    <SectionCard title={texts.icon.title} description={texts.icon.description}>
      <Group gap="lg" align="center">
        <SquarePicture name={app.name} url={app.icon_url} size={96} />
        <Stack gap="xs" flex="1 1 14rem">
          <Group gap="sm">
            <FileButton onChange={(file) => void choose(file)} accept={ICON_TYPES.join(',')}>
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  leftSection={<IconUpload size={16} />}
                  loading={upload.isPending}
                  aria-describedby="icon_rules"
                >
                  {app.icon_url ? texts.icon.replace : texts.icon.upload}
                </Button>
              )}
            </FileButton>
            {app.icon_url ? (
              <Button
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={() => void askRemove()}
                loading={remove.isPending}
              >
                {texts.icon.remove}
              </Button>
            ) : null}
          </Group>
          <Text size="xs" c="dimmed" id="icon_rules">
            {texts.icon.rules}
          </Text>
        </Stack>
      </Group>
      {problem ? (
        <Alert
          color="red"
          variant="light"
          role="alert"
          mt="md"
          icon={<IconAlertCircle />}
          title={texts.icon.refused}
        >
          <Text size="sm">{texts.icon.problem(problem)}</Text>
        </Alert>
      ) : null}
      <ErrorAlert error={upload.error ?? remove.error} mt="md" />
    </SectionCard>
  );
}
