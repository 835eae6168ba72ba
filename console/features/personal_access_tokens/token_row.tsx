import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { revokePersonalAccessToken } from '../../api/personal_access_tokens.ts';
import { personalAccessTokensQuery } from '../../api/queries.ts';
import type { PersonalAccessToken } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { errorSentence } from '../../design/error_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { DateText, TimeText } from '../../design/time_text.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

const SHOWN_SCOPES = 4;
const WEEK_MS = 7 * 24 * 60 * 60_000;

export function TokenRow({ token }: { token: PersonalAccessToken }) {
  const texts = useTexts();
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokePersonalAccessToken(token.id),
    onSuccess: async () => {
      toast.done(texts.tokens.revoked(clipName(token.name)));
      await queryClient.invalidateQueries({ queryKey: personalAccessTokensQuery.queryKey });
    },
  });
  const ask = async () => {
    const sure = await confirm({
      title: texts.tokens.revokeTitle(nameInSentence(token.name)),
      text: texts.tokens.revokeText,
      confirm: texts.tokens.revoke,
      danger: true,
    });
    if (sure) revoke.mutate();
  };
  const expiresSoon = !token.expired && Date.parse(token.expires_at) - Date.now() < WEEK_MS;
  const more = token.scopes.length - SHOWN_SCOPES;

  return (
    <li>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 16rem" miw={0}>
          <Group gap="xs" wrap="nowrap">
            <NameText fw={600}>{token.name}</NameText>
            {token.expired ? (
              <Badge color="red" variant="light" style={{ flexShrink: 0 }}>
                {texts.tokens.expired}
              </Badge>
            ) : expiresSoon ? (
              <Badge color="orange" variant="light" style={{ flexShrink: 0 }}>
                {texts.tokens.expiresSoon}
              </Badge>
            ) : null}
          </Group>
          <Text size="sm" className="name">
            {token.scopes.slice(0, SHOWN_SCOPES).map((scope, at) => (
              <span key={scope}>
                {at > 0 ? ', ' : ''}
                <code>{scope}</code>
              </span>
            ))}
            {more > 0 ? ` ${texts.tokens.moreScopes(more)}` : ''}
          </Text>
          <Text size="xs" c="dimmed" className="name">
            {texts.tokens.created} <TimeText value={token.created_at} /> ·{' '}
            {token.expired ? texts.tokens.expiredOn : texts.tokens.expires}{' '}
            <DateText value={token.expires_at} /> · {texts.tokens.lastUsed}{' '}
            {token.last_used_at ? <TimeText value={token.last_used_at} /> : texts.tokens.never}
            {token.last_used_from ? ` ${texts.tokens.from(token.last_used_from)}` : ''}
          </Text>
        </Stack>
        <Button
          variant="subtle"
          color="red"
          size="xs"
          loading={revoke.isPending}
          aria-label={texts.tokens.revokeNamed(clipName(token.name))}
          onClick={() => void ask()}
        >
          {texts.tokens.revoke}
        </Button>
      </Group>
      {revoke.error ? (
        <Alert color="red" variant="light" role="alert" mt="xs">
          {errorSentence(revoke.error, texts)}
        </Alert>
      ) : null}
    </li>
  );
}
