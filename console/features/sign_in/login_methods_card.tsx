import { Alert, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  enforceSaml,
  loginMethodsQuery,
  releaseSaml,
  samlQuery,
  signInRulesQuery,
} from '../../api/sign_in.ts';
import { useSession } from '../../api/use_session.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useSignInChange } from './use_sign_in_change.ts';

const NAMED = 10;

/** Whether everybody but owners is held to the identity provider. */
export function LoginMethodsCard() {
  const texts = useTexts().signIn;
  const words = texts.methods;
  const { role } = useSession();
  const confirm = useConfirm();
  const methods = useQuery(loginMethodsQuery);
  const saml = useQuery(samlQuery);
  const rules = useQuery(signInRulesQuery);
  const change = useSignInChange(
    (enforce: boolean) => (enforce ? enforceSaml() : releaseSaml()),
    (_, enforce) => (enforce ? words.enforced : words.released),
  );
  const ask = async (enforce: boolean) => {
    const sure = await confirm(
      enforce
        ? { title: words.enforceTitle, text: words.enforceText, confirm: words.enforceConfirm, danger: true }
        : { title: words.releaseTitle, text: words.releaseText, confirm: words.releaseConfirm, danger: true },
    );
    if (sure) change.mutate(enforce);
  };
  const outside = rules.data?.uncovered ?? [];
  return (
    <SectionCard id="login_methods" title={words.title} description={words.description}>
      {methods.isPending || saml.isPending ? (
        <RowsSkeleton rows={1} />
      ) : !methods.data ? (
        <ErrorAlert error={methods.error} title={words.failed} />
      ) : (
        <Stack gap="md">
          <Switch
            label={words.label}
            description={role === 'owner' ? words.hint : texts.ownerOnly}
            checked={methods.data.saml}
            disabled={role !== 'owner' || change.isPending || !saml.data}
            onChange={(event) => void ask(event.currentTarget.checked)}
          />
          {saml.data ? null : <Text size="sm">{words.needsSaml}</Text>}
          {saml.data && outside.length > 0 ? (
            <Alert color="yellow" variant="light" title={words.uncovered}>
              <Text size="sm" className="name">
                {outside.slice(0, NAMED).join(', ')}
                {outside.length > NAMED ? ` ${words.uncoveredMore(outside.length - NAMED)}` : ''}
              </Text>
            </Alert>
          ) : null}
          <ErrorAlert error={change.error} />
        </Stack>
      )}
    </SectionCard>
  );
}
