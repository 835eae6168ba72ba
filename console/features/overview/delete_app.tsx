import { Button, List } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteApp } from '../../api/apps.ts';
import { appQuery } from '../../api/queries.ts';
import type { App } from '../../api/types.ts';
import { ConfirmByTyping } from '../../design/confirm_by_typing.tsx';
import { NameText } from '../../design/name_text.tsx';
import { clipName } from '../../design/names.ts';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

export function DeleteApp({ app }: { app: App }) {
  const texts = useTexts();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: (typed: string) => deleteApp(app.id, typed),
    onSuccess: async () => {
      await navigate({ to: '/apps' });
      queryClient.removeQueries({ queryKey: appQuery(app.id).queryKey });
      await queryClient.invalidateQueries({ queryKey: ['apps'] });
      toast.done(texts.deleteApp.done(clipName(app.name)));
    },
  });
  return (
    <>
      <Button color="red" variant="outline" leftSection={<IconTrash size={16} />} onClick={dialog.open}>
        {texts.deleteApp.open}
      </Button>
      <ConfirmByTyping
        opened={opened}
        onClose={() => {
          remove.reset();
          dialog.close();
        }}
        title={texts.deleteApp.title}
        label={
          <>
            {texts.deleteApp.type} <NameText lines={3}>{app.name}</NameText>
          </>
        }
        expected={app.name}
        confirm={texts.deleteApp.confirm}
        onConfirm={(typed) => remove.mutate(typed)}
        pending={remove.isPending}
        error={remove.error}
      >
        <List size="sm" spacing={4}>
          {texts.deleteApp.consequences.map((consequence) => (
            <List.Item key={consequence}>{consequence}</List.Item>
          ))}
        </List>
      </ConfirmByTyping>
    </>
  );
}
