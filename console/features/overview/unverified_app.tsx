import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { verifyApp } from '../../api/registration.ts';
import type { App } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

/** Nobody of the organization made this app: what that means, and the owner's word for it. */
export function UnverifiedApp({ app }: { app: App }) {
  const words = useTexts().unverifiedApp;
  const { role } = useSession();
  const confirm = useConfirm();
  const verify = useAppMutation(
    app.id,
    () => verifyApp(app.id),
    (answer) => answer,
  );
  const ask = async () => {
    const sure = await confirm({
      title: words.confirmTitle(nameInSentence(app.name)),
      text: words.confirmText,
      confirm: words.verify,
      danger: true,
    });
    if (sure) verify.mutate(undefined, { onSuccess: () => toast.done(words.verified(clipName(app.name))) });
  };
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle />} title={words.title} mb="md">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{words.text}</Text>
        {role === 'owner' ? (
          <Button variant="default" size="xs" loading={verify.isPending} onClick={() => void ask()}>
            {words.verify}
          </Button>
        ) : (
          <Text size="sm">{words.ownerOnly}</Text>
        )}
        <ErrorAlert error={verify.error} />
      </Stack>
    </Alert>
  );
}
