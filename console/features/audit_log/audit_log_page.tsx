import { Button, Group, Stack } from '@mantine/core';
import { IconDownload, IconListDetails, IconLock } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditFilters } from '../../api/audit_log.ts';
import { auditLogQuery } from '../../api/queries.ts';
import { useSession } from '../../api/use_session.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { MoreButton } from '../../design/more_button.tsx';
import { nameInSentence } from '../../design/names.ts';
import { PageHeader } from '../../design/page_header.tsx';
import { saveFile } from '../../design/save_file.ts';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { asCsv, asJsonLines, readAuditEntries } from './audit_export.ts';
import { AuditFiltersForm } from './audit_filters.tsx';
import { AuditRow } from './audit_row.tsx';

const route = getRouteApi('/settings/audit-log');

/** Who did what in the organization. */
export function AuditLogPage() {
  const texts = useTexts();
  const { organization, role } = useSession();
  return (
    <div className="page">
      <PageHeader
        title={texts.auditLog.title}
        description={texts.auditLog.description(nameInSentence(organization.name))}
      />
      {role === 'owner' ? (
        <AuditLog />
      ) : (
        <EmptyState
          icon={<IconLock size={30} />}
          title={texts.auditLog.ownerTitle}
          text={texts.auditLog.ownerText}
        />
      )}
    </div>
  );
}

function AuditLog() {
  const texts = useTexts();
  const words = texts.auditLog;
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(auditLogQuery(filters));
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const filtered = Object.keys(filters).length > 0;

  return (
    <Stack gap="md">
      <AuditFiltersForm
        key={JSON.stringify(filters)}
        filters={filters}
        onChange={(next) => void navigate({ search: withoutEmpty(next), replace: true })}
      />
      <Export filters={filters} />
      {list.isPending ? (
        <RowsSkeleton />
      ) : list.error && entries.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={<IconListDetails size={30} />}
          title={filtered ? words.noMatchTitle : words.emptyTitle}
          text={filtered ? words.noMatchText : words.emptyText}
        />
      ) : (
        <>
          <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
          <ErrorAlert error={list.error} />
          <MoreButton list={list} label={words.more} />
        </>
      )}
    </Stack>
  );
}

/** All that matches, as a file. */
function Export({ filters }: { filters: AuditFilters }) {
  const words = useTexts().auditLog;
  const save = useMutation({
    mutationFn: async (kind: 'csv' | 'jsonl') => {
      const { entries, cut } = await readAuditEntries(filters);
      const content =
        kind === 'csv'
          ? new Blob([asCsv(entries)], { type: 'text/csv;charset=utf-8' })
          : new Blob([asJsonLines(entries)], { type: 'application/x-ndjson' });
      saveFile(content, `audit-log.${kind}`);
      toast.done(words.exported(entries.length, cut));
    },
  });
  return (
    <>
      <Group gap="sm">
        {(['csv', 'jsonl'] as const).map((kind) => (
          <Button
            key={kind}
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} />}
            loading={save.isPending && save.variables === kind}
            onClick={() => save.mutate(kind)}
          >
            {kind === 'csv' ? words.exportCsv : words.exportLines}
          </Button>
        ))}
      </Group>
      <ErrorAlert error={save.error} title={words.exportFailed} />
    </>
  );
}

function withoutEmpty(filters: AuditFilters): AuditFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
}
