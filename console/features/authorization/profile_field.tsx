import { Radio, Stack, Switch, Text } from '@mantine/core';
import type { AuthorizationSettings, ClientType, Profile, Switches } from '../../api/types.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';

const PROFILES: readonly Profile[] = ['compatible', 'strict'];
const SWITCHES: readonly (keyof Switches)[] = [
  'accept_sub_paths',
  'allow_plain_http',
  'rotate_refresh_tokens',
];

interface ProfileFieldProps {
  type: ClientType;
  values: AuthorizationSettings;
  onChange: (patch: Partial<AuthorizationSettings>) => void;
}

/** Compatible or Strict, and the switches that loosen or tighten Compatible. */
export function ProfileField({ type, values, onChange }: ProfileFieldProps) {
  const texts = useTexts();
  const { profile, switches } = values;

  /** A switch that the profile or the kind of client decides shows that decision, and why it is fixed. */
  const settled = (name: keyof Switches): { value: boolean; why: string } | null => {
    if (name === 'rotate_refresh_tokens')
      return type === 'javascript_app' ? { value: true, why: texts.profile.rotateAlways } : null;
    return profile === 'strict' ? { value: false, why: texts.profile.strictNever } : null;
  };

  return (
    <SectionCard id="profile" title={texts.profile.title} description={texts.profile.description}>
      <Stack gap="lg">
        <Radio.Group
          aria-label={texts.profile.title}
          value={profile}
          onChange={(value) => onChange({ profile: value as Profile })}
        >
          <Stack gap="sm">
            {PROFILES.map((each) => (
              <Radio
                key={each}
                value={each}
                label={texts.profile.profiles[each].name}
                description={texts.profile.profiles[each].text}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Stack gap="sm" role="group" aria-label={texts.profile.switchesTitle}>
          <Text fw={600} size="sm">
            {texts.profile.switchesTitle}
          </Text>
          {SWITCHES.map((name) => {
            const fixed = settled(name);
            return (
              <Switch
                key={name}
                label={texts.profile.switches[name].name}
                description={fixed ? fixed.why : texts.profile.switches[name].text}
                checked={fixed ? fixed.value : switches[name]}
                disabled={fixed !== null}
                onChange={(event) =>
                  onChange({ switches: { ...switches, [name]: event.currentTarget.checked } })
                }
              />
            );
          })}
        </Stack>
      </Stack>
    </SectionCard>
  );
}
