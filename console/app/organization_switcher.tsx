import { Loader, Text } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries.ts';
import { switchOrganization } from '../api/session.ts';
import type { Session } from '../api/types.ts';
import { Dropdown } from '../design/dropdown.tsx';
import { errorSentence } from '../design/error_text.tsx';
import { NameText } from '../design/name_text.tsx';
import { clipName } from '../design/names.ts';
import { toast } from '../design/toast.tsx';
import { useMayLeave } from '../design/unsaved_changes.tsx';
import { useTexts } from '../texts/texts.ts';

/** The organization's name; a menu when the person belongs to more than one. */
export function OrganizationSwitcher({ session }: { session: Session }) {
  const texts = useTexts();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const mayLeave = useMayLeave();

  const change = useMutation({
    mutationFn: switchOrganization,
    onSuccess: async (next) => {
      await navigate({ to: '/apps', ignoreBlocker: true });
      queryClient.setQueryData(sessionQuery.queryKey, next);
      // Nothing of the other organization may be shown again.
      await queryClient.resetQueries({
        predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0],
      });
    },
    onError: (error) => toast.failed(errorSentence(error, texts)),
  });

  const current = session.organization;
  if (session.organizations.length < 2)
    return (
      <NameText size="sm" c="dimmed">
        {current.name}
      </NameText>
    );

  return (
    <Dropdown
      align="start"
      width={280}
      name={texts.shell.switchOrganization(clipName(current.name))}
      label={
        <>
          <NameText size="sm">{current.name}</NameText>
          {change.isPending ? <Loader size={16} /> : <IconSelector size={16} aria-hidden="true" />}
        </>
      }
    >
      {(close) => (
        <>
          <Text className="dropdown_title" size="xs" c="dimmed" fw={600}>
            {texts.shell.organizations}
          </Text>
          {session.organizations.map((organization) => {
            const chosen = organization.id === current.id;
            return (
              <button
                key={organization.id}
                type="button"
                className="dropdown_item"
                aria-current={chosen}
                onClick={async () => {
                  close();
                  if (!chosen && (await mayLeave())) change.mutate(organization.id);
                }}
              >
                <span style={{ minWidth: 0 }}>
                  <NameText size="sm">{organization.name}</NameText>
                  <Text component="span" size="xs" c="dimmed">
                    {texts.roles[organization.role]}
                  </Text>
                </span>
                {chosen ? <IconCheck size={16} aria-hidden="true" className="dropdown_mark" /> : null}
              </button>
            );
          })}
        </>
      )}
    </Dropdown>
  );
}
