import { Alert, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dynamicRegistrationQuery } from '../../api/queries.ts';
import { updateDynamicRegistration } from '../../api/registration.ts';
import type { RegistrationMode, DynamicRegistration as Settings } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { InitialTokens } from './initial_tokens.tsx';

const MODES: readonly RegistrationMode[] = ['off', 'with_initial_access_token', 'open'];

/** Whether apps may register themselves: the owner's decision. */
export function DynamicRegistration() {
  const texts = useTexts().securitySettings;
  const words = texts.dynamicRegistration;
  const { role } = useSession();
  return (
    <SectionCard id="dynamic_registration" title={words.title} description={words.description}>
      {role === 'owner' ? <OwnersChoice /> : <Text size="sm">{texts.ownerOnly}</Text>}
    </SectionCard>
  );
}

function OwnersChoice() {
  const words = useTexts().securitySettings.dynamicRegistration;
  const settings = useQuery(dynamicRegistrationQuery);
  if (settings.isPending) return <RowsSkeleton rows={3} />;
  if (!settings.data) return <ErrorAlert error={settings.error} title={words.failed} />;
  return <Choice settings={settings.data} />;
}

function Choice({ settings }: { settings: Settings }) {
  const words = useTexts().securitySettings.dynamicRegistration;
  const confirm = useConfirm();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: updateDynamicRegistration,
    onSuccess: (saved) => {
      queryClient.setQueryData(dynamicRegistrationQuery.queryKey, saved);
      toast.done(words.saved);
    },
  });
  const choose = async (mode: RegistrationMode) => {
    const sure =
      mode !== 'open' ||
      (await confirm({
        title: words.openTitle,
        text: words.openText,
        confirm: words.openConfirm,
        danger: true,
      }));
    if (sure) change.mutate(mode);
  };
  const { mode } = settings;
  return (
    <Stack gap="md">
      <Radio.Group
        label={words.label}
        value={change.isPending ? change.variables : mode}
        onChange={(value) => void choose(value as RegistrationMode)}
      >
        <Stack gap="sm" mt="xs">
          {MODES.map((one) => (
            <Radio
              key={one}
              value={one}
              label={words.modes[one].label}
              description={words.modes[one].hint}
              disabled={change.isPending}
            />
          ))}
        </Stack>
      </Radio.Group>
      <ErrorAlert error={change.error} />
      {settings.unverified >= settings.most_unverified ? (
        <Alert color="orange" variant="light">
          {words.full(settings.most_unverified)}
        </Alert>
      ) : settings.unverified > 0 ? (
        <Text size="sm">{words.unverified(settings.unverified)}</Text>
      ) : null}
      {mode === 'off' ? null : (
        <CopyField label={words.endpoint} description={words.endpointHint} value={settings.endpoint} />
      )}
      {mode === 'off' && settings.initial_access_tokens.length === 0 ? null : (
        <InitialTokens tokens={settings.initial_access_tokens} />
      )}
    </Stack>
  );
}
