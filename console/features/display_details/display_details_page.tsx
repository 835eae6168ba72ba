import { Stack, Textarea, TextInput } from '@mantine/core';
import { ApiError } from '../../api/api_error.ts';
import { updateApp } from '../../api/apps.ts';
import type { App } from '../../api/types.ts';
import { useDraft } from '../../design/draft.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SaveBar } from '../../design/save_bar.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useUnsavedChanges } from '../../design/unsaved_changes.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { ConflictAlert, type Difference } from '../app/conflict_alert.tsx';
import { useVersionedSave } from '../app/use_versioned_save.ts';
import { IconField } from './icon_field.tsx';

interface Details {
  name: string;
  short_description: string;
}

const pick = (app: App): Details => ({ name: app.name, short_description: app.short_description });

export function DisplayDetailsPage() {
  const texts = useTexts();
  const app = useApp();
  const draft = useDraft(pick(app));
  const save = useVersionedSave({
    appId: app.id,
    draft,
    pick,
    send: (values, version) => updateApp(app.id, { ...values, version }),
  });
  useUnsavedChanges(draft.dirty ? texts.unsaved.form(texts.displayDetails.title) : null);

  const { values, theirs } = draft;
  const change = (patch: Partial<Details>) => {
    if (save.error) save.reset();
    draft.change(patch);
  };
  const refusal = save.error instanceof ApiError ? save.error : null;
  const shownBesideFields =
    refusal !== null &&
    refusal.fields.length > 0 &&
    refusal.fields.every(({ field }) => field === 'name' || field === 'short_description');
  const nameMissing = !values.name.trim();

  return (
    <>
      <PageHeader
        title={texts.displayDetails.title}
        description={texts.displayDetails.description}
        context={app.name}
      />
      <SectionCard title={texts.displayDetails.wordsTitle}>
        <Stack gap="md" maw="36rem">
          <TextInput
            label={texts.displayDetails.name}
            description={texts.displayDetails.nameHint}
            required
            dir="auto"
            value={values.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={nameMissing ? texts.createApp.nameMissing : refusal?.forField('name')}
          />
          <Textarea
            label={texts.displayDetails.shortDescription}
            description={texts.displayDetails.shortDescriptionHint}
            dir="auto"
            autosize
            minRows={2}
            maxRows={8}
            value={values.short_description}
            onChange={(event) => change({ short_description: event.currentTarget.value })}
            error={refusal?.forField('short_description')}
          />
        </Stack>
      </SectionCard>
      <IconField app={app} />
      <SaveBar
        dirty={draft.dirty}
        saving={save.isPending}
        onSave={() => {
          if (!nameMissing && !theirs) save.mutate(values);
        }}
        onDiscard={() => {
          save.reset();
          draft.takeTheirs();
        }}
      >
        {theirs ? (
          <ConflictAlert
            differences={differencesOf(theirs, values, texts.displayDetails)}
            onTakeTheirs={() => {
              save.reset();
              draft.takeTheirs();
            }}
            onKeepMine={() => {
              draft.keepMine();
              save.mutate(values);
            }}
          />
        ) : refusal && !shownBesideFields ? (
          <ErrorAlert error={refusal} title={texts.saveBar.failed} />
        ) : null}
      </SaveBar>
    </>
  );
}

function differencesOf(
  theirs: Details,
  mine: Details,
  labels: { name: string; shortDescription: string },
): Difference[] {
  const all = [
    { label: labels.name, theirs: theirs.name, mine: mine.name },
    { label: labels.shortDescription, theirs: theirs.short_description, mine: mine.short_description },
  ];
  return all.filter((difference) => difference.theirs !== difference.mine);
}
