import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { AutoAccessService } from '../access/auto_access.ts';
import type { FileDirectory } from '../files/file_directory.ts';
import type { PropertyService } from '../properties/property_service.ts';
import type { TagAdvice } from '../tags/tag_rules.ts';
import { type Cause, causeOf } from '../webhooks/cause.ts';
import { type ChatStorage, type ChatStore, IdTakenError } from './chat_store.ts';
import type { PageCursors } from './page_cursor.ts';
import type { PeopleDirectory } from './people.ts';
import type { SignalBus } from './signals.ts';

/** What the parts of the chat service work with. */
export interface ChatDeps {
  storage: ChatStorage;
  identifiers: Identifiers;
  clock: Clock;
  people: PeopleDirectory;
  files: FileDirectory;
  cursors: PageCursors;
  signals: SignalBus;
  properties: PropertyService;
  /** The groups of a new chat, by where its customer is; absent where no rules are followed. */
  autoAccess?: Pick<AutoAccessService, 'groupsFor'> | undefined;
  /** What an organization says about a word that is to be a tag. */
  adviseTag(licenseId: number, tag: string): Promise<TagAdvice>;
}

const ATTEMPTS = 3;

/**
 * A unit of work on one organization's chats, once more with other ids when an id was taken.
 * @param who asks for it; the organization alone where it is the server's own work
 */
export async function writeChats<T>(
  { storage }: Pick<ChatDeps, 'storage'>,
  who: number | Cause,
  unit: (store: ChatStore) => Promise<T>,
): Promise<T> {
  const cause = causeOf(who);
  for (let attempt = 1; ; attempt++) {
    try {
      return await storage.write((stores) => unit(stores.chats(cause.licenseId)), cause);
    } catch (error) {
      if (!(error instanceof IdTakenError)) throw error;
      if (attempt === ATTEMPTS)
        throw new GatehouseError(
          'conflict',
          'Somebody else made the same change at the same moment. Try again.',
          {
            cause: error,
          },
        );
    }
  }
}
