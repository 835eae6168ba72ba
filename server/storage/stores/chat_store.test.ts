import { engines } from '../../../test/support/databases.ts';
import { chatStoreConformance } from '../../domain/chats/chat_store.conformance.ts';

chatStoreConformance('SQLite', engines.sqlite.open);
chatStoreConformance('PostgreSQL', engines.postgres.open);
