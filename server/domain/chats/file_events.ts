import { GatehouseError } from '../../kernel/errors.ts';
import { UNUSED_LIFE } from '../files/file_service.ts';
import type { ChatEvent } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import type { EventDraft } from './event_rules.ts';

/**
 * Fills in what a file event says of its file. The address must be one that `upload_file` gave to somebody of this
 * organization (docs: data-structures#file). `alternative_text` is kept for images only.
 * @throws GatehouseError `validation`
 */
export async function describeFile(
  { files }: Pick<ChatDeps, 'files'>,
  licenseId: number,
  draft: EventDraft,
  field: string,
): Promise<EventDraft> {
  if (draft.type !== 'file') return draft;
  const { url, alternative_text: alternative } = draft.content;
  const content = await files.describe(licenseId, String(url));
  if (!content) throw notUploaded(field);
  const words =
    content.width !== undefined && alternative !== undefined ? { alternative_text: alternative } : {};
  return { ...draft, content: { ...content, ...words } };
}

/**
 * In the unit of work that stores them: the files that events name stay from now on.
 * @throws GatehouseError `validation` for one that was removed meanwhile
 */
export async function keepFiles(
  { files }: Pick<ChatDeps, 'files'>,
  store: ChatStore,
  events: readonly ChatEvent[],
): Promise<void> {
  for (const event of events) {
    if (event.type !== 'file') continue;
    const named = files.reference(event.content.url);
    const at = event.createdAt;
    if (!named || !(await store.claimFile(named.key, at, at - UNUSED_LIFE))) throw notUploaded('event');
  }
}

function notUploaded(field: string): GatehouseError {
  const message =
    'is not an address that upload_file of this server gave to your organization. Such an address is good for 24 hours until an event names it. Upload the file again.';
  return new GatehouseError('validation', `${field}.url: ${message}`, {
    fields: [{ field: `${field}.url`, message }],
  });
}
