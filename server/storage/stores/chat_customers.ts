import type { ChatStore } from '../../domain/chats/chat_store.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { type CustomerRow, customerChanges, fromCustomer, toCustomer } from './chat_rows.ts';
import { inserting, lockingStatement } from './chat_statements.ts';

const insertCustomer = statement<CustomerRow, unknown>((db, p) =>
  db.insertInto('customers').values({
    customer_key: p.customer_key,
    license_id: p.license_id,
    id: p.id,
    created_at: p.created_at,
    ...changes(p),
  }),
);

const selectCustomer = lockingStatement<{ licenseId: number; id: string }, CustomerRow>((db, p) =>
  db.selectFrom('customers').selectAll().where('license_id', '=', p.licenseId).where('id', '=', p.id),
);

const readCustomer = statement<{ licenseId: number; id: string }, CustomerRow>((db, p) =>
  db.selectFrom('customers').selectAll().where('license_id', '=', p.licenseId).where('id', '=', p.id),
);

const updateCustomer = statement<
  ReturnType<typeof customerChanges> & { key: number; licenseId: number },
  unknown
>((db, p) =>
  db
    .updateTable('customers')
    .set(changes(p))
    .where('customer_key', '=', p.key)
    .where('license_id', '=', p.licenseId),
);

/** Threads are found by their customer's name and e-mail: where those change, the archives look at them again. */
const markThreads = statement<
  { licenseId: number; key: number; name: string | null; email: string | null },
  unknown
>((db, p) =>
  db
    .updateTable('threads')
    .set({ indexed: 0 })
    .where('license_id', '=', p.licenseId)
    .where('chat_key', 'in', (eb) =>
      eb
        .selectFrom('customers')
        .select('chat_key')
        .where('customer_key', '=', p.key)
        .where('chat_key', 'is not', null)
        .where((one) =>
          one.or([one('name', 'is distinct from', p.name), one('email', 'is distinct from', p.email)]),
        )
        .$castTo<{ chat_key: number }>(),
    ),
);

/** The changing columns, one by one: the parameters of a statement are looked up by name. */
function changes(p: ReturnType<typeof customerChanges>): ReturnType<typeof customerChanges> {
  return {
    name: p.name,
    email: p.email,
    email_verified: p.email_verified,
    avatar: p.avatar,
    phone_number: p.phone_number,
    address: p.address,
    channels: p.channels,
    session_fields: p.session_fields,
    visits_count: p.visits_count,
    page_views_count: p.page_views_count,
    greetings_shown_count: p.greetings_shown_count,
    greetings_accepted_count: p.greetings_accepted_count,
    tickets_count: p.tickets_count,
    last_visit: p.last_visit,
    chat_key: p.chat_key,
  };
}

export type CustomerVerbs = Pick<ChatStore, 'insertCustomer' | 'customer' | 'lockCustomer' | 'saveCustomer'>;

export function customerVerbs(session: Session, licenseId: number): CustomerVerbs {
  return {
    async insertCustomer(customer) {
      await inserting(session.run(insertCustomer, fromCustomer(customer, licenseId)));
    },
    async customer(id) {
      const row = isUuid(id) ? await session.first(readCustomer, { licenseId, id }) : undefined;
      return row && toCustomer(row);
    },
    async lockCustomer(id) {
      const row = isUuid(id) ? await session.first(selectCustomer(session), { licenseId, id }) : undefined;
      return row && toCustomer(row);
    },
    async saveCustomer(customer) {
      const { name, email } = customer;
      await session.run(markThreads, { licenseId, key: customer.key, name, email });
      await session.run(updateCustomer, { ...customerChanges(customer), key: customer.key, licenseId });
    },
  };
}
