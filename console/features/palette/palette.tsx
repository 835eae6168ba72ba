import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { appsQuery, refusedRequestQuery } from '../../api/queries.ts';
import { useSession } from '../../api/use_session.ts';
import { useTexts } from '../../texts/texts.ts';
import { docsPlaces, pagePlaces } from './places.ts';

const REQUEST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TYPING_PAUSE_MS = 200;
const [store, palette] = createSpotlight();

/** Pages, apps, guides and request ids, by a few letters. Loaded when it is first opened. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const texts = useTexts();
  const words = texts.palette;
  const { role, can_develop: develops, urls } = useSession();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), TYPING_PAUSE_MS);
  const isRequestId = REQUEST_ID.test(asked);
  const apps = useInfiniteQuery({ ...appsQuery(isRequestId ? '' : asked), enabled: opened && develops });
  const request = useQuery({
    ...refusedRequestQuery(asked.toLowerCase()),
    enabled: opened && develops && isRequestId,
  });

  useEffect(() => {
    if (opened) palette.open();
  }, [opened]);

  const close = () => {
    setQuery('');
    onClose();
  };
  const matches = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  const place = (id: string, label: string, go: () => void, description?: string): SpotlightActionData => ({
    id,
    label,
    ...(description ? { description } : {}),
    onClick: go,
  });

  const groups: SpotlightActionGroupData[] = [];
  const found = request.data;
  if (isRequestId && found)
    groups.push({
      group: words.requests,
      actions: [
        place(
          'request',
          texts.refusals.reasons[found.refused_request.reason],
          () =>
            void navigate({
              to: '/apps/$appId/refused-requests',
              params: { appId: found.app_id },
              search: { request: asked.toLowerCase() },
            }),
          words.ofApp(found.app_name),
        ),
      ],
    });
  const pages = pagePlaces(texts, { develops, isOwner: role === 'owner' })
    .filter(({ label }) => matches(label))
    .map(({ to, label }) => place(`page ${to}`, label, () => void navigate({ to })));
  if (!isRequestId && pages.length > 0) groups.push({ group: words.pages, actions: pages });
  const own = isRequestId ? [] : (apps.data?.pages.flatMap((page) => page.apps) ?? []);
  if (own.length > 0)
    groups.push({
      group: words.apps,
      actions: own
        .slice(0, 8)
        .map((app) =>
          place(
            `app ${app.id}`,
            app.name,
            () => void navigate({ to: '/apps/$appId/overview', params: { appId: app.id } }),
            app.client?.client_id,
          ),
        ),
    });
  const guides = docsPlaces(texts)
    .filter(({ label }) => query.trim() !== '' && matches(label))
    .map(({ slug, label }) => place(`docs ${slug}`, label, () => location.assign(`${urls.docs}/${slug}`)));
  if (!isRequestId && guides.length > 0) groups.push({ group: words.docs, actions: guides.slice(0, 8) });

  return (
    <Spotlight
      store={store}
      onSpotlightClose={close}
      actions={groups}
      // What is offered is chosen here, since apps and requests come from the server.
      filter={(_query, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': words.title } }}
      nothingFound={isRequestId ? (request.isPending ? words.looking : words.requestMissing) : words.nothing}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: words.placeholder,
        'aria-label': words.title,
      }}
      scrollable
      maxHeight="60vh"
    />
  );
}
