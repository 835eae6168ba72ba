import { Box } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { saveAuthorization } from '../../api/authorization.ts';
import type { App, Authorization, AuthorizationSettings } from '../../api/types.ts';
import { useDraft } from '../../design/draft.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SaveBar } from '../../design/save_bar.tsx';
import { useUnsavedChanges } from '../../design/unsaved_changes.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ConflictAlert } from '../app/conflict_alert.tsx';
import { useVersionedSave } from '../app/use_versioned_save.ts';
import { differencesOf } from './differences.ts';
import { ProfileField } from './profile_field.tsx';
import { RedirectTester } from './redirect_tester.tsx';
import { RedirectUrisField, type RedirectUrisHandle, type UriList } from './redirect_uris_field.tsx';
import { ScopePlan } from './scope_plan.tsx';
import { ScopesField } from './scopes_field.tsx';

const route = getRouteApi('/apps/$appId/authorization');

function settingsOf(block: Authorization): AuthorizationSettings {
  const { redirect_uris, post_logout_redirect_uris, scopes, profile, switches } = block;
  return { redirect_uris, post_logout_redirect_uris, scopes, profile, switches };
}

const pick = (app: App): AuthorizationSettings | null =>
  app.authorization ? settingsOf(app.authorization) : null;

const NOTHING_TYPED: Record<UriList, string> = { redirect_uris: '', post_logout_redirect_uris: '' };

interface AuthorizationFormProps {
  app: App;
  block: Authorization;
  /** Told what is typed and not saved; null when there is nothing. */
  onDraft: (draft: AuthorizationSettings | null) => void;
}

/** Whitelist, scopes, profile and switches, saved together. */
export function AuthorizationForm({ app, block, onDraft }: AuthorizationFormProps) {
  const texts = useTexts();
  const draft = useDraft(settingsOf(block));
  // An address that was refused, brought along from where that is told.
  const { add_redirect_uri: wanted } = route.useSearch();
  const offered = wanted && !block.redirect_uris.includes(wanted) ? wanted : '';
  const [typed, setTyped] = useState({ ...NOTHING_TYPED, redirect_uris: offered });
  const redirectUris = useRef<RedirectUrisHandle>(null);
  const postLogoutUris = useRef<RedirectUrisHandle>(null);
  const save = useVersionedSave({
    appId: app.id,
    draft,
    pick,
    send: (values, version) => saveAuthorization(app.id, { ...values, version }),
  });

  // An address that was typed but not added counts: losing it would be as annoying as losing the rest.
  const dirty = draft.dirty || Object.values(typed).some((text) => text.trim() !== '');
  useUnsavedChanges(dirty ? texts.unsaved.form(texts.authorization.title) : null);
  const tell = useRef(onDraft);
  useEffect(() => {
    tell.current = onDraft;
  });
  useEffect(() => tell.current(dirty ? draft.values : null), [dirty, draft.values]);

  const change = (patch: Partial<AuthorizationSettings>) => {
    if (save.error) save.reset();
    draft.change(patch);
  };
  const submit = async () => {
    if (draft.theirs) return;
    const added = async (list: UriList, field: RedirectUrisHandle | null) =>
      typed[list].trim() === '' || !field ? draft.values[list] : field.add();
    const redirect_uris = await added('redirect_uris', redirectUris.current);
    if (!redirect_uris) return;
    const post_logout_redirect_uris = await added('post_logout_redirect_uris', postLogoutUris.current);
    if (post_logout_redirect_uris) save.mutate({ ...draft.values, redirect_uris, post_logout_redirect_uris });
  };
  const discard = () => {
    save.reset();
    setTyped(NOTHING_TYPED);
    draft.takeTheirs();
  };
  const refusal = save.error instanceof ApiError ? save.error : null;

  const uriList = (list: UriList) => ({
    list,
    type: block.type,
    values: draft.values,
    saved: draft.base,
    typed: typed[list],
    offered: list === 'redirect_uris' && offered !== '' && typed.redirect_uris === offered,
    onTyped: (text: string) => setTyped((before) => ({ ...before, [list]: text })),
    onChange: (uris: string[]) => change({ [list]: uris }),
    refusal,
  });
  // Of use with OpenID Connect alone; a list that is there stays in sight.
  const signsPeopleIn =
    draft.values.scopes.some(({ scope }) => scope === 'openid') ||
    draft.values.post_logout_redirect_uris.length > 0;

  return (
    <Box mb="md">
      <RedirectUrisField ref={redirectUris} {...uriList('redirect_uris')} />
      <RedirectTester type={block.type} values={draft.values} />
      <ScopesField
        chosen={draft.values.scopes}
        onChange={(scopes) => change({ scopes })}
        error={refusal?.fields.find(({ field }) => field.startsWith('scopes'))?.message}
      />
      <Box mb="md">
        <ScopePlan appId={app.id} saved={block.scopes} planned={draft.values.scopes} />
      </Box>
      {signsPeopleIn ? (
        <RedirectUrisField ref={postLogoutUris} {...uriList('post_logout_redirect_uris')} />
      ) : null}
      <ProfileField type={block.type} values={draft.values} onChange={change} />
      <SaveBar dirty={dirty} saving={save.isPending} onSave={() => void submit()} onDiscard={discard}>
        {draft.theirs ? (
          <ConflictAlert
            differences={differencesOf(draft.theirs, draft.values, texts)}
            onTakeTheirs={discard}
            onKeepMine={() => {
              draft.keepMine();
              save.mutate(draft.values);
            }}
          />
        ) : refusal ? (
          <ErrorAlert error={refusal} title={texts.saveBar.failed} />
        ) : null}
      </SaveBar>
    </Box>
  );
}
