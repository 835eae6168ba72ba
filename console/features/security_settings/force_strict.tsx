import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { organizationCompatibilityQuery } from '../../api/queries.ts';
import type { OrganizationSettings } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { nameInSentence } from '../../design/names.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useSettingsChange } from './use_settings_change.ts';

/** The owner's switch that holds every app to the strict profile. */
export function ForceStrict({ settings }: { settings: OrganizationSettings }) {
  const texts = useTexts();
  const words = texts.securitySettings.forceStrict;
  const { role } = useSession();
  const confirm = useConfirm();
  const change = useSettingsChange(settings, (saved) =>
    toast.done(saved.force_strict ? words.forced : words.released),
  );

  // Read afresh, so that the question names what is at stake at this moment.
  const compatibility = useQuery(organizationCompatibilityQuery);
  const atStake = async () => (await compatibility.refetch()).data?.map(({ name }) => nameInSentence(name));

  const ask = async (force: boolean) => {
    const sure = await confirm(
      force
        ? {
            title: words.forceTitle,
            text: words.forceText(await atStake()),
            confirm: words.forceConfirm,
            danger: true,
          }
        : { title: words.releaseTitle, text: words.releaseText, confirm: words.releaseConfirm, danger: true },
    );
    if (sure) change.mutate({ force_strict: force });
  };

  return (
    <SectionCard title={words.title} description={words.description}>
      <Switch
        label={words.label}
        description={role === 'owner' ? undefined : texts.securitySettings.ownerOnly}
        checked={settings.force_strict}
        disabled={role !== 'owner' || change.isPending}
        onChange={(event) => void ask(event.currentTarget.checked)}
      />
      <ErrorAlert error={change.error} mt="md" />
    </SectionCard>
  );
}
