import { Box } from '@mantine/core';
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
import { RedirectUrisField, type RedirectUrisHandle } from './redirect_uris_field.tsx';
import { ScopesField } from './scopes_field.tsx';

function settingsOf(block: Authorization): AuthorizationSettings {
  const { redirect_uris, scopes, profile, switches } = block;
  return { redirect_uris, scopes, profile, switches };
}

const pick = (app: App): AuthorizationSettings | null =>
  app.authorization ? settingsOf(app.authorization) : null;

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
  const [typedUri, setTypedUri] = useState('');
  const redirectUris = useRef<RedirectUrisHandle>(null);
  const save = useVersionedSave({
    appId: app.id,
    draft,
    pick,
    send: (values, version) => saveAuthorization(app.id, { ...values, version }),
  });

  // A redirect URI that was typed but not added counts: losing it would be as annoying as losing the rest.
  const dirty = draft.dirty || typedUri.trim() !== '';
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
    const added = typedUri.trim() === '' ? draft.values.redirect_uris : await redirectUris.current?.add();
    if (added) save.mutate({ ...draft.values, redirect_uris: added });
  };
  const discard = () => {
    save.reset();
    setTypedUri('');
    draft.takeTheirs();
  };
  const refusal = save.error instanceof ApiError ? save.error : null;

  return (
    <Box mb="md">
      <RedirectUrisField
        ref={redirectUris}
        type={block.type}
        values={draft.values}
        saved={draft.base}
        typed={typedUri}
        onTyped={setTypedUri}
        onChange={(uris) => change({ redirect_uris: uris })}
        refusal={refusal}
      />
      <ScopesField
        chosen={draft.values.scopes}
        onChange={(scopes) => change({ scopes })}
        error={refusal?.fields.find(({ field }) => field.startsWith('scopes'))?.message}
      />
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
