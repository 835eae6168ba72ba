import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { personalAccessTokensQuery } from '../../api/queries.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { RowsSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CreateTokenDialog } from './create_token_dialog.tsx';
import { TokenRow } from './token_row.tsx';

/** A person's own tokens for scripts and first tries. */
export function PersonalAccessTokensPage() {
  const texts = useTexts();
  const list = useQuery(personalAccessTokensQuery);
  const [opened, dialog] = useDisclosure(false);
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open} disabled={!list.data}>
      {texts.tokens.create}
    </Button>
  );
  const empty = list.data?.tokens.length === 0;

  return (
    <div className="page">
      <PageHeader
        title={texts.tokens.title}
        description={texts.tokens.description}
        actions={empty ? null : createButton}
      />
      {list.isPending ? (
        <RowsSkeleton rows={3} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : empty ? (
        <EmptyState
          icon={<IconKey size={30} />}
          title={texts.tokens.emptyTitle}
          text={texts.tokens.emptyText}
          action={createButton}
        />
      ) : (
        <ul className="row_list" style={{ background: 'var(--mantine-color-body)' }}>
          {list.data.tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <CreateTokenDialog
        opened={opened}
        onClose={dialog.close}
        grantable={list.data?.grantable_scopes ?? []}
      />
    </div>
  );
}
