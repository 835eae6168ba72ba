import { ActionIcon, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListCheck, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { scopesQuery } from '../../api/queries.ts';
import type { Scope, ScopeChoice } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { RoleBadge } from '../scopes/role_badge.tsx';
import { ScopeMethods } from '../scopes/scope_methods.tsx';
import { ScopePicker } from '../scopes/scope_picker.tsx';
import { includedIn } from '../scopes/scope_search.ts';

interface ScopesFieldProps {
  chosen: ScopeChoice[];
  onChange: (scopes: ScopeChoice[]) => void;
  error: string | undefined;
}

/** The access scopes, each with what it means and whether the app can do without. */
export function ScopesField({ chosen, onChange, error }: ScopesFieldProps) {
  const texts = useTexts();
  const catalogue = useQuery(scopesQuery);
  const [opened, dialog] = useDisclosure(false);
  const openButton = useRef<HTMLButtonElement>(null);
  const scopes = catalogue.data ?? [];
  const ids = chosen.map(({ scope }) => scope);

  const choose = (picked: string[]) => {
    const kept = chosen.filter(({ scope }) => picked.includes(scope));
    // Required at first: a person whose role cannot give it is told at the door, and not by a failing call.
    const added = picked.filter((id) => !ids.includes(id)).map((scope) => ({ scope, required: true }));
    onChange([...kept, ...added]);
  };

  return (
    <SectionCard
      id="scopes"
      title={texts.scopes.title}
      description={texts.scopes.description}
      action={
        <Button
          ref={openButton}
          variant="default"
          leftSection={<IconListCheck size={16} />}
          onClick={dialog.open}
          loading={catalogue.isPending}
        >
          {texts.scopes.select}
        </Button>
      }
    >
      <Stack gap="sm">
        <ErrorAlert error={catalogue.error} title={texts.scopes.loadFailed} />
        {error ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        ) : null}
        {chosen.length === 0 ? (
          <Text size="sm" c="dimmed">
            {texts.scopes.empty}
          </Text>
        ) : (
          <ul className="row_list" aria-label={texts.scopes.title}>
            {chosen.map((choice) => (
              <ChosenScope
                key={choice.scope}
                choice={choice}
                scope={scopes.find(({ id }) => id === choice.scope)}
                known={catalogue.isSuccess}
                includedIn={includedIn(choice.scope, ids, scopes)}
                onRequired={(required) =>
                  onChange(chosen.map((each) => (each.scope === choice.scope ? { ...each, required } : each)))
                }
                onRemove={() => {
                  onChange(chosen.filter((each) => each.scope !== choice.scope));
                  openButton.current?.focus();
                }}
              />
            ))}
          </ul>
        )}
      </Stack>
      <ScopePicker opened={opened} onClose={dialog.close} scopes={scopes} chosen={ids} onChoose={choose} />
    </SectionCard>
  );
}

interface ChosenScopeProps {
  choice: ScopeChoice;
  scope: Scope | undefined;
  /** The catalogue is there, so that a missing entry is really unknown. */
  known: boolean;
  includedIn: Scope | undefined;
  onRequired: (required: boolean) => void;
  onRemove: () => void;
}

function ChosenScope({ choice, scope, known, includedIn, onRequired, onRemove }: ChosenScopeProps) {
  const texts = useTexts();
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Group gap="xs">
            <code className="name">{choice.scope}</code>
            {scope ? <RoleBadge role={scope.role} /> : null}
          </Group>
          <Text size="sm" c="dimmed">
            {scope?.consent ?? (known ? texts.scopes.unknown : '')}
          </Text>
          {includedIn ? (
            <Text size="xs" c="dimmed">
              {texts.scopes.includedIn(includedIn.id)}
            </Text>
          ) : null}
          {scope ? <ScopeMethods scope={scope} /> : null}
        </div>
        <Group gap="xs" wrap="nowrap">
          <Checkbox
            label={texts.scopes.required}
            aria-label={texts.scopes.requiredNamed(choice.scope)}
            checked={choice.required}
            onChange={(event) => onRequired(event.currentTarget.checked)}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={texts.scopes.remove(choice.scope)}
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Group>
    </li>
  );
}
