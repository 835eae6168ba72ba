import { Button, Group, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { removeAuthorization } from '../../api/authorization.ts';
import type { App } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { freshSecrets } from '../app/fresh_secrets.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

export function RemoveBlock({ app, onRemove }: { app: App; onRemove: () => void }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const remove = useAppMutation(
    app.id,
    async (version: number) => {
      const answer = await removeAuthorization(app.id, version);
      onRemove();
      freshSecrets.putAway(app.id);
      return answer;
    },
    (answer) => answer,
  );
  const ask = async () => {
    const sure = await confirm({
      title: texts.removeBlock.title,
      text: texts.removeBlock.confirmText(nameInSentence(app.name)),
      confirm: texts.removeBlock.action,
      danger: true,
    });
    if (sure) remove.mutate(app.version, { onSuccess: () => toast.done(texts.removeBlock.done) });
  };
  return (
    <SectionCard title={texts.removeBlock.title} danger>
      <Group justify="space-between" gap="md">
        <Text size="sm" flex="1 1 16rem">
          {texts.removeBlock.text}
        </Text>
        <Button
          color="red"
          variant="outline"
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          onClick={() => void ask()}
        >
          {texts.removeBlock.action}
        </Button>
      </Group>
      <ErrorAlert error={remove.error} mt="md" />
    </SectionCard>
  );
}
