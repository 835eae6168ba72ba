import { Button, Group, type GroupProps } from '@mantine/core';

/** The part of an endless list that loads its next page. */
interface PagedList {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** Loads the next page of a list; nothing where there is none. */
export function MoreButton({ list, label, mt }: { list: PagedList; label: string; mt?: GroupProps['mt'] }) {
  if (!list.hasNextPage) return null;
  return (
    <Group justify="center" {...(mt === undefined ? {} : { mt })}>
      <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
        {label}
      </Button>
    </Group>
  );
}
