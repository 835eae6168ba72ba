import { Alert, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { generateSecret, retireSecret } from '../../api/authorization.ts';
import type { App, Secret } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { freshSecrets, useFreshSecret } from '../app/fresh_secrets.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

const MOST_LIVE = 2;

/** The client's secrets: a new one in full this once, all of them by their last characters. */
export function ClientSecrets({ app, secrets }: { app: App; secrets: Secret[] }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const fresh = useFreshSecret(app.id);
  const live = secrets.filter((secret) => secret.retired_at === null);

  const generate = useAppMutation(
    app.id,
    async () => {
      const answer = await generateSecret(app.id);
      freshSecrets.show(app.id, answer.client_secret);
      return answer;
    },
    (answer) => answer.app,
  );
  const retire = useAppMutation(
    app.id,
    (id: string) => retireSecret(app.id, id),
    (answer) => answer,
  );

  const askGenerate = async () => {
    retire.reset();
    const notCopied = fresh !== undefined && !fresh.copied;
    if (!notCopied || (await confirm({ ...texts.secrets.replaceUncopied, danger: true })))
      generate.mutate(undefined);
  };
  const askRetire = async (secret: Secret) => {
    generate.reset();
    const sure = await confirm({
      title: texts.secrets.retireTitle(secret.hint),
      text: (
        <>
          {texts.secrets.retirement[secret.retirement]
            ? `${texts.secrets.retirement[secret.retirement]} `
            : null}
          {texts.secrets.retireText(secret.hint)}
        </>
      ),
      confirm: texts.secrets.retire,
      danger: true,
    });
    if (sure)
      retire.mutate(secret.id, {
        onSuccess: () => {
          if (fresh?.secret.endsWith(secret.hint)) freshSecrets.putAway(app.id);
          toast.done(texts.secrets.retired(secret.hint));
        },
      });
  };

  return (
    <Stack gap="sm">
      {fresh ? (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title={texts.secrets.freshTitle}>
          <Stack gap="sm">
            <Text size="sm">{texts.secrets.freshText}</Text>
            <CopyField
              label={texts.credentials.clientSecret}
              value={fresh.secret}
              onCopied={() => freshSecrets.markCopied(app.id)}
            />
            <Group>
              <Button variant="default" size="xs" onClick={() => freshSecrets.putAway(app.id)}>
                {texts.secrets.putAway}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <TextInput
          label={texts.credentials.clientSecret}
          description={texts.secrets.hiddenHint}
          value="******"
          readOnly
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      )}
      <ul className="row_list" aria-label={texts.secrets.listLabel}>
        {secrets.map((secret) => (
          <li key={secret.id}>
            <Group justify="space-between" gap="xs">
              <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
                <Text size="sm" className="name">
                  <code>…{secret.hint}</code>{' '}
                  {secret.retired_at ? (
                    <Badge color="gray" variant="light">
                      {texts.secrets.isRetired}
                    </Badge>
                  ) : secret.retirement === 'safe' ? (
                    <Badge color="teal" variant="light">
                      {texts.secrets.safe}
                    </Badge>
                  ) : null}
                </Text>
                <Text size="xs" c="dimmed">
                  {texts.secrets.created} <TimeText value={secret.created_at} /> · {texts.secrets.lastUsed}{' '}
                  {secret.last_used_at ? <TimeText value={secret.last_used_at} /> : texts.secrets.never}
                  {secret.last_used_from
                    ? ` ${texts.secrets.usedBy(secret.last_used_from, secret.last_used_by ?? '')}`
                    : null}
                </Text>
                {secret.retired_at === null && secret.retirement !== 'newest' ? (
                  <Text size="sm" mt={2}>
                    {texts.secrets.retirement[secret.retirement]}
                  </Text>
                ) : null}
              </div>
              {secret.retired_at === null && live.length > 1 ? (
                <Button
                  variant="subtle"
                  color="red"
                  size="xs"
                  aria-label={texts.secrets.retireNamed(secret.hint)}
                  loading={retire.isPending && retire.variables === secret.id}
                  onClick={() => void askRetire(secret)}
                >
                  {texts.secrets.retire}
                </Button>
              ) : null}
            </Group>
          </li>
        ))}
      </ul>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconKey size={16} />}
          disabled={live.length >= MOST_LIVE}
          loading={generate.isPending}
          onClick={() => void askGenerate()}
        >
          {texts.secrets.generate}
        </Button>
        <Text size="xs" c="dimmed" flex="1 1 14rem">
          {live.length >= MOST_LIVE ? texts.secrets.twoLive : texts.secrets.generateHint}
        </Text>
      </Group>
      <ErrorAlert error={generate.error ?? retire.error} />
    </Stack>
  );
}
