import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { giveBot, removeBot, renameBot } from '../../api/authorization.ts';
import type { App, Bot } from '../../api/types.ts';
import { CodeBlock } from '../../design/code_block.tsx';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

/** As whom a server-side app acts by itself, without a person: its bot. */
export function BotIdentity({ app, bot, tokenUrl }: { app: App; bot: Bot | null; tokenUrl: string }) {
  const texts = useTexts().bot;
  return (
    <SectionCard id="bot" title={texts.title} description={texts.description}>
      {bot ? <OwnBot app={app} bot={bot} tokenUrl={tokenUrl} /> : <GiveBot app={app} />}
    </SectionCard>
  );
}

const appOf = (answer: App) => answer;

function GiveBot({ app }: { app: App }) {
  const texts = useTexts().bot;
  const give = useAppMutation(app.id, (name: string) => giveBot(app.id, name), appOf);
  return (
    <NameForm
      label={texts.name}
      hint={texts.nameHint}
      submit={texts.give}
      initial={app.name}
      pending={give.isPending}
      error={give.error}
      onChange={give.reset}
      onSubmit={(name) => give.mutate(name, { onSuccess: () => toast.done(texts.given) })}
    />
  );
}

function OwnBot({ app, bot, tokenUrl }: { app: App; bot: Bot; tokenUrl: string }) {
  const texts = useTexts().bot;
  const confirm = useConfirm();
  const rename = useAppMutation(app.id, (name: string) => renameBot(app.id, name), appOf);
  const remove = useAppMutation(app.id, () => removeBot(app.id), appOf);
  const askRemove = async () => {
    rename.reset();
    const sure = await confirm({
      title: texts.removeTitle,
      text: texts.removeText(nameInSentence(bot.name)),
      confirm: texts.remove,
      danger: true,
    });
    if (sure) remove.mutate(undefined, { onSuccess: () => toast.done(texts.removed) });
  };
  return (
    <Stack gap="md">
      <NameForm
        key={bot.name}
        label={texts.name}
        hint={texts.nameHint}
        submit={texts.rename}
        initial={bot.name}
        unchanged
        pending={rename.isPending}
        error={rename.error}
        onChange={rename.reset}
        onSubmit={(name) => rename.mutate(name, { onSuccess: () => toast.done(texts.renamed) })}
      />
      <CopyField label={texts.id} value={bot.id} />
      <div>
        <Text size="sm" fw={600}>
          {texts.mayAskFor}
        </Text>
        {bot.scopes.length > 0 ? (
          <Group gap={6} mt={4}>
            {bot.scopes.map((scope) => (
              <Badge key={scope} variant="light" color="gray" tt="none" ff="monospace">
                {scope}
              </Badge>
            ))}
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {texts.noScopes}
          </Text>
        )}
      </div>
      {bot.scopes.length > 0 ? (
        <CodeBlock
          label={texts.command}
          code={commandOf(tokenUrl, app.authorization?.client_id ?? '', bot.scopes)}
        />
      ) : null}
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed">
          {texts.added} <TimeText value={bot.created_at} /> ·{' '}
          {bot.last_used_at ? (
            <>
              {texts.lastUsed} <TimeText value={bot.last_used_at} />
            </>
          ) : (
            texts.never
          )}
        </Text>
        <Button
          variant="outline"
          color="red"
          size="xs"
          loading={remove.isPending}
          onClick={() => void askRemove()}
        >
          {texts.remove}
        </Button>
      </Group>
      <ErrorAlert error={remove.error} />
    </Stack>
  );
}

function commandOf(tokenUrl: string, clientId: string, scopes: readonly string[]): string {
  return [
    `curl ${tokenUrl} \\`,
    `  -u "${clientId}:$CLIENT_SECRET" \\`,
    '  -d grant_type=client_credentials \\',
    `  -d "scope=${scopes.join(' ')}"`,
  ].join('\n');
}

interface NameFormProps {
  label: string;
  hint: string;
  submit: string;
  initial: string;
  /** The name is the present one: there is nothing to send until it is another. */
  unchanged?: boolean;
  pending: boolean;
  error: Error | null;
  onChange: () => void;
  onSubmit: (name: string) => void;
}

function NameForm({ label, hint, submit, initial, unchanged, pending, error, ...on }: NameFormProps) {
  const [name, setName] = useState(initial);
  const refusal = error instanceof ApiError ? error.fields.find(({ field }) => field === 'name') : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    on.onSubmit(name);
  };
  return (
    <form onSubmit={send} noValidate>
      <Group align="flex-start" gap="sm">
        <TextInput
          flex="1 1 16rem"
          label={label}
          description={hint}
          value={name}
          maxLength={100}
          error={refusal?.message}
          leftSection={<IconRobot size={16} />}
          onChange={(event) => {
            on.onChange();
            setName(event.currentTarget.value);
          }}
        />
        <Button
          type="submit"
          variant="default"
          mt={{ base: 0, xs: '2.8rem' }}
          loading={pending}
          disabled={unchanged === true && name.trim() === initial}
        >
          {submit}
        </Button>
      </Group>
      {refusal ? null : <ErrorAlert error={error} mt="md" />}
    </form>
  );
}
