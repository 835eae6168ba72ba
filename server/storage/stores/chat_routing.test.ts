import { engines } from '../../../test/support/databases.ts';
import { routingStoreConformance } from '../../domain/chats/routing/routing_store.conformance.ts';

routingStoreConformance('SQLite', engines.sqlite.open);
routingStoreConformance('PostgreSQL', engines.postgres.open);
