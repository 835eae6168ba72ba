/** Rows that no path of the server can leave behind when it does all or nothing; each question must find none. */
export const orphans: Record<string, string> = {
  'a live access token whose app is gone': `
    select token_key from access_tokens t where revoked_at is null
    and not exists (select 1 from clients c where c.client_id = t.client_id)`,
  'a code that lives, of an app that is gone': `
    select family_key from authorization_codes t where revoked_at is null and consumed_at is null
    and not exists (select 1 from clients c where c.client_id = t.client_id)`,
  'what a person allowed an app that is gone': `
    select id from grants t where not exists (select 1 from clients c where c.client_id = t.client_id)`,
  'a live access token of a person who has not allowed it': `
    select token_key from access_tokens t where revoked_at is null and bot_secret_key is null
    and not exists (select 1 from grants g where g.license_id = t.license_id
      and g.account_id = t.account_id and g.client_id = t.client_id)`,
  "a live bot's token whose secret was retired": `
    select token_key from access_tokens t where revoked_at is null and bot_secret_key is not null
    and not exists (select 1 from client_secrets s where s.secret_key = t.bot_secret_key and s.retired_at is null)
    and not exists (select 1 from bots b where b.license_id = t.license_id and b.secret_key = t.bot_secret_key
      and b.removed_at is null)`,
  'a living bot, or a template, of an app that is gone': `
    select id from bots b where removed_at is null
    and not exists (select 1 from clients c where c.client_id = b.owner_client_id)
    union all select id from bot_templates b
    where not exists (select 1 from clients c where c.client_id = b.owner_client_id)`,
  'a live refresh token whose app is gone': `
    select token_key from refresh_tokens t where revoked_at is null and rotated_at is null
    and not exists (select 1 from clients c where c.client_id = t.client_id)`,
  'a live access token whose refresh token was revoked': `
    select a.token_key from access_tokens a join refresh_tokens r on r.token_key = a.refresh_key
    where a.revoked_at is null and r.revoked_at is not null and r.revoked_reason <> 'evicted_by_cap'`,
  'more than twenty-five live access tokens of one app and person': `
    select client_id from access_tokens where revoked_at is null
    group by client_id, account_id, license_id having count(*) > 25`,
  'more than twenty-five live refresh tokens of one app and person': `
    select client_id from refresh_tokens where revoked_at is null and rotated_at is null
    group by client_id, account_id, license_id having count(*) > 25`,
  'a client without its app': `
    select client_id from clients c where not exists (select 1 from apps a where a.id = c.app_id)`,
  'an app with secrets, and none that lives': `
    select client_id from client_secrets group by client_id having max(case when retired_at is null then 1 else 0 end) = 0`,
  'an account without an organization': `
    select id from accounts a where not exists (select 1 from memberships m where m.account_id = a.id)`,
  'an organization without an owner': `
    select license_id from organizations o where not exists
    (select 1 from memberships m where m.license_id = o.license_id and m.account_role = 'owner')`,
  'a membership without its account': `
    select account_id from memberships m where not exists (select 1 from accounts a where a.id = m.account_id)`,
  'a place in a group without a membership': `
    select account_id from group_memberships g where not exists
    (select 1 from memberships m where m.license_id = g.license_id and m.account_id = g.account_id)`,
  'a session of nobody': `
    select session_key from sessions s where not exists (select 1 from accounts a where a.id = s.account_id)`,
  'two accounts with one e-mail address': `
    select email_key from accounts group by email_key having count(*) > 1`,
  'a customer with two chats': `
    select customer_id from chats where customer_id is not null group by license_id, customer_id having count(*) > 1`,
  'a customer whose chat is not there, or another': `
    select c.id from customers c where c.chat_key is not null and not exists
    (select 1 from chats h where h.chat_key = c.chat_key and h.customer_id = c.id)`,
  'a chat that its customer does not know': `
    select h.chat_key from chats h join customers c on c.license_id = h.license_id and c.id = h.customer_id
    where c.chat_key is null or c.chat_key <> h.chat_key`,
  'two active threads of a chat': `
    select chat_key from threads where active = 1 group by chat_key having count(*) > 1`,
  'an active chat without an active thread, or the other way round': `
    select h.chat_key from chats h join threads t on t.thread_key = h.last_thread_key where h.active <> t.active`,
  'a thread without its chat': `
    select thread_key from threads t where not exists (select 1 from chats h where h.chat_key = t.chat_key)`,
  'a chat that counts its threads wrong': `
    select h.chat_key from chats h where threads_count <> (select count(*) from threads t where t.chat_key = h.chat_key)`,
  'an event without its thread': `
    select thread_key from events e where not exists (select 1 from threads t where t.thread_key = e.thread_key)`,
  'a thread that counts its events wrong': `
    select thread_key from threads t where events_count <> (select count(*) from events e where e.thread_key = t.thread_key)`,
  'a chat in a list, and not in the table': `
    select chat_key from chat_listings l where not exists (select 1 from chats h where h.chat_key = l.chat_key)`,
  'a list that counts its chats wrong': `
    select s.list from (select license_id, list, state, sum(size) as size from chat_list_sizes group by license_id, list, state) s
    where s.size <> (select count(*) from chat_listings l where l.license_id = s.license_id and l.list = s.list and l.state = s.state)`,
};
