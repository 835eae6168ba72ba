import { GatehouseError } from '../../kernel/errors.ts';
import { refuseBesidePageId } from '../chats/page_cursor.ts';
import type { Greeting } from './greeting.ts';
import type { WidgetDeps } from './widget_service.ts';

export interface ListGreetingsInput {
  groups?: readonly number[] | undefined;
  limit?: number | undefined;
  page_id?: string | undefined;
}

export interface GreetingPage {
  greetings: Greeting[];
  found: number;
  nextPageId: string | undefined;
}

/** Docs: configuration-api#list-greetings. */
const LARGEST_PAGE = 100;
const METHOD = 'list_greetings';

export function listGreetings({ storage, people, cursors }: WidgetDeps) {
  return async (licenseId: number, asked: ListGreetingsInput): Promise<GreetingPage> => {
    refuseBesidePageId(asked, ['groups', 'limit']);
    const scope = { licenseId, method: METHOD };
    const cursor =
      asked.page_id === undefined
        ? undefined
        : cursors.read<{ groups?: readonly number[] | undefined }>(scope, asked.page_id);
    const groups = cursor ? cursor.question.groups : asked.groups;
    if (!cursor && groups)
      needGroups(
        groups,
        (await people.groups(licenseId)).map(({ id }) => id),
      );
    const limit = cursor?.limit ?? asked.limit ?? LARGEST_PAGE;
    const store = storage.read.visitors(licenseId);
    const found =
      groups?.length === 0 ? [] : await store.greetings({ groups, after: cursor?.from.at, limit: limit + 1 });
    const greetings = found.slice(0, limit);
    const last = greetings.at(-1);
    return {
      greetings,
      found: groups?.length === 0 ? 0 : await store.countGreetings(groups),
      nextPageId:
        found.length > limit && last
          ? cursors.write(scope, {
              question: groups ? { groups } : {},
              order: 'asc',
              limit,
              from: { at: last.id, id: '' },
              direction: 'next',
            })
          : undefined,
    };
  };
}

function needGroups(asked: readonly number[], known: readonly number[]): void {
  const missing = asked.filter((id) => !known.includes(id));
  if (missing.length === 0) return;
  const message = `This organization has no group ${missing.join(', ')}.`;
  throw new GatehouseError('group_not_found', message, { fields: [{ field: 'groups', message }] });
}
