import { Box, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Scope } from '../../api/types.ts';
import { nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { RoleBadge } from './role_badge.tsx';
import { ScopeMethods } from './scope_methods.tsx';
import { groupScopes, includedIn, methodsFound, searchScopes } from './scope_search.ts';

interface ScopePickerProps {
  opened: boolean;
  onClose: () => void;
  scopes: readonly Scope[];
  chosen: readonly string[];
  onChoose: (scopes: string[]) => void;
}

/** A dialog to choose scopes from the catalogue: searchable, grouped, each with what it means and opens. */
export function ScopePicker(props: ScopePickerProps) {
  const texts = useTexts();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={texts.scopes.pickerTitle}
      size="xl"
      fullScreen={narrow}
      centered={false}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {/* Mounted with the dialog, so that each opening starts from what is chosen. */}
      <PickerBody {...props} />
    </Modal>
  );
}

function PickerBody({ scopes, chosen, onChoose, onClose }: ScopePickerProps) {
  const texts = useTexts();
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<readonly string[]>(chosen);
  const found = searchScopes(scopes, search);

  const toggle = (id: string) =>
    setSelected((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));

  return (
    <Stack gap="sm">
      <TextInput
        type="search"
        label={texts.scopes.search}
        placeholder={texts.scopes.searchPlaceholder}
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <Text size="sm" c="dimmed" role="status">
        {texts.scopes.found(found.length, selected.length)}
      </Text>
      <Box mah={{ base: 'calc(100dvh - 17rem)', sm: '52dvh' }} className="scope_scroll">
        {found.length === 0 ? (
          <Text py="lg" ta="center">
            {texts.scopes.noMatch(nameInSentence(search))}
          </Text>
        ) : null}
        {groupScopes(found).map(([group, members]) => (
          <fieldset key={group} className="scope_group">
            <legend>{group}</legend>
            <Stack gap="md" pb="md">
              {members.map((scope) => (
                <ScopeRow
                  key={scope.id}
                  scope={scope}
                  checked={selected.includes(scope.id)}
                  includedIn={includedIn(scope.id, selected, scopes)}
                  showMethods={methodsFound(scope, search)}
                  onToggle={() => toggle(scope.id)}
                />
              ))}
            </Stack>
          </fieldset>
        ))}
      </Box>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button
          onClick={() => {
            onChoose([...selected]);
            onClose();
          }}
        >
          {texts.scopes.choose(selected.length)}
        </Button>
      </Group>
    </Stack>
  );
}

interface ScopeRowProps {
  scope: Scope;
  checked: boolean;
  includedIn: Scope | undefined;
  showMethods: boolean;
  onToggle: () => void;
}

function ScopeRow({ scope, checked, includedIn, showMethods, onToggle }: ScopeRowProps) {
  const texts = useTexts();
  return (
    <div>
      <Checkbox
        checked={checked}
        onChange={onToggle}
        label={
          <Group gap="xs" component="span">
            <code>{scope.id}</code>
            <RoleBadge role={scope.role} />
          </Group>
        }
        description={
          <>
            {scope.consent}
            {includedIn ? ` (${texts.scopes.includedIn(includedIn.id)})` : ''}
          </>
        }
      />
      <Box pl={32} mt={2}>
        <ScopeMethods key={String(showMethods)} scope={scope} open={showMethods} />
      </Box>
    </div>
  );
}
