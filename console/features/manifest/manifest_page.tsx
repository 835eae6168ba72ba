import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applyManifest, diffManifest, type ManifestChange, readManifest } from '../../api/manifest.ts';
import { CodeBlock } from '../../design/code_block.tsx';
import { CopyField } from '../../design/copy_field.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { PageSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { saveFile } from '../../design/save_file.ts';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

const FILE = 'livechat.config.json';

/** The app as a file: to download, and to apply after a look at the differences. */
export function ManifestPage() {
  const texts = useTexts();
  const app = useApp();
  const manifest = useQuery({
    queryKey: ['manifest', app.id, app.version],
    queryFn: ({ signal }) => readManifest(app.id, signal),
  });
  const text = manifest.data && `${JSON.stringify(manifest.data.manifest, null, 2)}\n`;
  return (
    <>
      <PageHeader title={texts.manifest.title} description={texts.manifest.description} context={app.name} />
      {text !== undefined ? (
        <SectionCard
          title={texts.manifest.current}
          action={
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveFile(new Blob([text], { type: 'application/json' }), FILE)}
            >
              {texts.manifest.download}
            </Button>
          }
        >
          <CodeBlock label={FILE} code={text} />
        </SectionCard>
      ) : manifest.error ? (
        <ErrorState
          error={manifest.error}
          onRetry={() => void manifest.refetch()}
          retrying={manifest.isFetching}
        />
      ) : (
        <PageSkeleton />
      )}
      <ApplyManifest />
    </>
  );
}

function ApplyManifest() {
  const texts = useTexts();
  const app = useApp();
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState('');
  const compare = useMutation({ mutationFn: (manifest: object) => diffManifest(app.id, manifest) });
  const apply = useAppMutation(
    app.id,
    (input: { manifest: object; version: number }) => applyManifest(app.id, input),
    ({ app: changed }) => changed,
  );
  const differences = compare.data;

  const read = () => {
    apply.reset();
    try {
      const manifest: unknown = JSON.parse(pasted);
      if (typeof manifest === 'object' && manifest !== null) {
        setProblem('');
        compare.mutate(manifest);
        return;
      }
    } catch {
      // Told beside the field.
    }
    compare.reset();
    setProblem(texts.manifest.notJson);
  };

  return (
    <SectionCard title={texts.manifest.apply} description={texts.manifest.applyText}>
      <Stack gap="md">
        <Textarea
          label={texts.manifest.pasted}
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value);
            compare.reset();
          }}
          error={problem || undefined}
          autosize
          minRows={4}
          maxRows={20}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <div>
          <Button
            variant="default"
            onClick={read}
            loading={compare.isPending}
            disabled={pasted.trim() === ''}
          >
            {texts.manifest.compare}
          </Button>
        </div>
        <ErrorAlert error={compare.error ?? apply.error} />
        {differences && !apply.isSuccess ? (
          differences.changes.length === 0 ? (
            <Text role="status">{texts.manifest.same}</Text>
          ) : (
            <>
              <Text fw={600} role="status">
                {texts.manifest.differences(differences.changes.length)}
              </Text>
              <Differences changes={differences.changes} />
              <Group>
                <Button
                  loading={apply.isPending}
                  onClick={() =>
                    apply.mutate({ manifest: compare.variables ?? {}, version: differences.version })
                  }
                >
                  {texts.manifest.applyNow}
                </Button>
              </Group>
            </>
          )
        ) : null}
        {apply.isSuccess ? (
          <Alert color="teal" variant="light" role="status" title={texts.manifest.applied}>
            {apply.data.client_secret ? (
              <CopyField label={texts.manifest.secret} value={apply.data.client_secret} />
            ) : null}
          </Alert>
        ) : null}
      </Stack>
    </SectionCard>
  );
}

function Differences({ changes }: { changes: readonly ManifestChange[] }) {
  const texts = useTexts();
  const shown = (value: unknown) => (value === null ? texts.manifest.nothing : JSON.stringify(value));
  return (
    <ul className="row_list">
      {changes.map(({ path, from, to }) => (
        <li key={path}>
          <Text fw={600} size="sm">
            <code>{path}</code>
          </Text>
          <Text size="sm" className="name">
            <del>{shown(from)}</del>
          </Text>
          <Text size="sm" className="name">
            <ins>{shown(to)}</ins>
          </Text>
        </li>
      ))}
    </ul>
  );
}
