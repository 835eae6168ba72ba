import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  deleteSaml,
  type SamlConfiguration,
  type SignInRules,
  samlQuery,
  signInRulesQuery,
  updateSaml,
} from '../../api/sign_in.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { SamlForm } from './saml_form.tsx';
import { useSignInChange } from './use_sign_in_change.ts';

/** The identity provider: what it has to know, what it says of itself, a try-out, on and off. */
export function SamlCard() {
  const texts = useTexts().signIn;
  const words = texts.saml;
  const { role } = useSession();
  const saml = useQuery(samlQuery);
  const rules = useQuery(signInRulesQuery);
  const failure = saml.error ?? rules.error;
  const ready = saml.data !== undefined && rules.data !== undefined;
  const state = saml.data ? (
    <Badge color={saml.data.active ? 'teal' : 'gray'} variant="light">
      {saml.data.active ? words.on : words.off}
    </Badge>
  ) : null;
  return (
    <SectionCard id="saml" title={words.title} description={words.description} action={state}>
      {ready ? (
        <Stack gap="xl">
          <ToPaste rules={rules.data} />
          <SamlForm
            key={JSON.stringify(saml.data)}
            saml={saml.data}
            certificates={rules.data.certificates}
            owns={role === 'owner'}
          />
          {saml.data ? <SamlActions saml={saml.data} rules={rules.data} owns={role === 'owner'} /> : null}
        </Stack>
      ) : failure ? (
        <ErrorAlert error={failure} title={words.failed} />
      ) : (
        <RowsSkeleton rows={3} />
      )}
    </SectionCard>
  );
}

function ToPaste({ rules: { service_provider: provider } }: { rules: SignInRules }) {
  const words = useTexts().signIn.saml;
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} size="h5">
          {words.pasteTitle}
        </Title>
        <Text size="sm" c="dimmed">
          {words.pasteText}
        </Text>
      </div>
      <CopyField label={words.acsUrl} value={provider.acs_url} />
      <CopyField label={words.entityId} value={provider.entity_id} />
      <CopyField label={words.metadataUrl} value={provider.metadata_url} />
    </Stack>
  );
}

function SamlActions({ saml, rules, owns }: { saml: SamlConfiguration; rules: SignInRules; owns: boolean }) {
  const words = useTexts().signIn.saml;
  const confirm = useConfirm();
  const activate = useSignInChange(
    (active: boolean) => updateSaml({ active }),
    ({ active }) => (active ? words.activated : words.deactivated),
  );
  const remove = useSignInChange(
    () => deleteSaml(),
    () => words.removed,
  );
  const ask = async (active: boolean) => {
    const sure = await confirm(
      active
        ? { title: words.activateTitle, text: words.activateText, confirm: words.activate, danger: true }
        : {
            title: words.deactivateTitle,
            text: words.deactivateText,
            confirm: words.deactivate,
            danger: true,
          },
    );
    if (sure) activate.mutate(active);
  };
  const askRemoval = async () => {
    const sure = await confirm({
      title: words.removeTitle,
      text: words.removeText,
      confirm: words.remove,
      danger: true,
    });
    if (sure) remove.mutate();
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button component="a" href={rules.test_url} variant="default">
          {words.test}
        </Button>
        {owns ? (
          <>
            <Button
              variant={saml.active ? 'default' : 'filled'}
              loading={activate.isPending}
              onClick={() => void ask(!saml.active)}
            >
              {saml.active ? words.deactivate : words.activate}
            </Button>
            <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => void askRemoval()}>
              {words.remove}
            </Button>
          </>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed">
        {words.testHint}
      </Text>
      <ErrorAlert error={activate.error ?? remove.error} />
    </Stack>
  );
}
