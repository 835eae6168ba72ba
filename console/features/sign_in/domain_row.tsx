import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { checkDomain, type DomainState, type OrganizationDomain, removeDomain } from '../../api/sign_in.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { DateText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useSignInChange } from './use_sign_in_change.ts';

const COLORS: Record<DomainState, string> = { pending: 'orange', verified: 'teal', lapsed: 'red' };

/** One domain: its state, the record to publish while it is wanted, and what the last look found. */
export function DomainRow({ domain, owns }: { domain: OrganizationDomain; owns: boolean }) {
  const texts = useTexts();
  const words = texts.signIn.domains;
  const confirm = useConfirm();
  const name = domain.domain;
  const { state, verification } = domain;
  const check = useSignInChange(checkDomain, (checked) =>
    checked.state === 'verified' ? words.verified(name) : undefined,
  );
  const remove = useSignInChange(removeDomain, () => words.removed(name));
  const ask = async () => {
    const sure = await confirm({
      title: words.removeTitle(name),
      text: words.removeText,
      confirm: words.remove,
      danger: true,
    });
    if (sure) remove.mutate(domain.domain_id);
  };
  return (
    <li>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Group gap="xs" style={{ flex: '1 1 12rem', minWidth: 0 }}>
            <Text fw={600} className="name">
              {name}
            </Text>
            <Badge color={COLORS[state]} variant="light" style={{ flexShrink: 0 }}>
              {words.states[state]}
            </Badge>
          </Group>
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={check.isPending}
              onClick={() => check.mutate(domain.domain_id)}
              aria-label={words.checkOf(name)}
            >
              {words.check}
            </Button>
            {owns ? (
              <Button
                size="xs"
                variant="default"
                loading={remove.isPending}
                onClick={() => void ask()}
                aria-label={words.removeOf(name)}
              >
                {words.remove}
              </Button>
            ) : null}
          </Group>
        </Group>
        {state === 'verified' ? (
          <Text size="sm" c="dimmed">
            {words.keep}
          </Text>
        ) : (
          <>
            <Text size="sm">{state === 'lapsed' ? words.lapsedText : words.publish}</Text>
            <CopyField label={words.recordName(name)} value={verification.name} />
            <CopyField label={words.recordValue(name)} value={verification.value} />
          </>
        )}
        {verification.problem === null ? null : (
          <Text size="sm" role="status">
            {words.problems[verification.problem]}
            {verification.checked_at === null ? null : (
              <>
                {' '}
                {words.checkedAt} <DateText value={verification.checked_at} />.
              </>
            )}
          </Text>
        )}
        <ErrorAlert error={check.error ?? remove.error} />
      </Stack>
    </li>
  );
}
