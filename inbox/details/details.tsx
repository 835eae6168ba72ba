import { ActionIcon, Button, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { safeAddress } from '../../chat/client/text_parts.ts';
import { NameText } from '../../console/design/name_text.tsx';
import { attempt, useInbox, useInboxState } from '../app/use_inbox.ts';
import type { OpenChat } from '../state/inbox_state.ts';
import type { CustomerDetails } from '../state/wire.ts';
import { texts } from '../texts/en.ts';
import { dayOf } from '../times.ts';

/** What is known around a chat: its customer, who is in it, its tags. */
export function Details(props: { open: OpenChat; shown: boolean; onBack(): void }) {
  const { open, shown, onBack } = props;
  const { me } = useInboxState();
  const present = open.users.filter(({ present: here }) => here !== false);
  return (
    <aside className={`pane pane_details ${shown ? 'pane_shown' : ''}`} aria-label={texts.details.label}>
      <div className="details_head only_narrow">
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={texts.chat.back} onClick={onBack}>
          <IconArrowLeft size={20} />
        </ActionIcon>
        <Title order={2} size="h3">
          {texts.details.label}
        </Title>
      </div>
      <div className="details_scroll">
        <section>
          <Heading>{texts.details.customer}</Heading>
          {open.customer ? (
            <Customer customer={open.customer} />
          ) : (
            <Text size="sm" c="dimmed">
              {texts.details.nobody}
            </Text>
          )}
        </section>
        <section>
          <Heading>{texts.details.people}</Heading>
          <ul className="people">
            {present.map((user) => (
              <li key={user.id}>
                <NameText size="sm">
                  {`${user.name || user.email || texts.chat.unnamed}${user.id === me?.agentId ? ` (${texts.details.you})` : ''}`}
                </NameText>
              </li>
            ))}
          </ul>
        </section>
        <Tags open={open} />
      </div>
    </aside>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <Title order={3} size="h4" mb={6}>
      {children}
    </Title>
  );
}

function Customer({ customer }: { customer: CustomerDetails }) {
  const { visit, statistics, session_fields: fields = [] } = customer;
  const place = [visit?.geolocation?.city, visit?.geolocation?.country].filter(Boolean).join(', ');
  const facts: [string, string | undefined][] = [
    [texts.details.email, customer.email],
    [texts.details.phone, customer.phone_number],
    [texts.details.since, customer.created_at && dayOf(customer.created_at)],
    [texts.details.visits, statistics?.visits_count ? String(statistics.visits_count) : undefined],
    [texts.details.address, visit?.ip],
    [texts.details.place, place],
    [texts.details.browser, visit?.user_agent],
    [texts.details.referrer, visit?.referrer],
    ...fields.flatMap((field): [string, string][] => Object.entries(field)),
    [texts.details.id, customer.id],
  ];
  const pages = visit?.last_pages ?? [];
  return (
    <>
      {customer.name ? (
        <NameText size="md" fw={600}>
          {customer.name}
        </NameText>
      ) : null}
      <dl className="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ) : null,
        )}
        {pages.length > 0 ? (
          <div>
            <dt>{texts.details.pages}</dt>
            {pages.slice(-5).map((page) => (
              <dd key={`${page.opened_at}${page.url}`}>
                <PageLink address={page.url}>{page.title || page.url}</PageLink>
              </dd>
            ))}
          </div>
        ) : null}
      </dl>
    </>
  );
}

function PageLink({ address, children }: { address: string; children: string }) {
  const href = safeAddress(address, ['http:', 'https:']);
  if (href === undefined) return <bdi>{children}</bdi>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      <bdi>{children}</bdi>
    </a>
  );
}

function Tags({ open }: { open: OpenChat }) {
  const inbox = useInbox();
  const [tag, setTag] = useState('');
  const [busy, setBusy] = useState(false);
  const thread = open.threads.at(-1);
  const tags = thread?.tags ?? [];
  if (!thread || !inbox.has('tag_thread')) return null;

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = tag.trim();
    if (wanted === '') return;
    setBusy(true);
    if (await attempt(() => inbox.tag(wanted))) setTag('');
    setBusy(false);
  }

  return (
    <section>
      <Heading>{texts.details.tags}</Heading>
      {tags.length === 0 ? (
        <Text size="sm" c="dimmed">
          {texts.details.noTags}
        </Text>
      ) : (
        <ul className="tags">
          {tags.map((one) => (
            <li key={one}>
              <bdi>{one}</bdi>
              <button
                type="button"
                aria-label={texts.details.untag(one)}
                onClick={() => void attempt(() => inbox.untag(one))}
              >
                <IconX size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="tag_form" onSubmit={(event) => void add(event)}>
        <TextInput
          aria-label={texts.details.tag}
          placeholder={texts.details.tag}
          value={tag}
          maxLength={255}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy} disabled={tag.trim() === ''}>
          {texts.details.add}
        </Button>
      </form>
    </section>
  );
}
