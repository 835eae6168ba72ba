import type { ScopeId } from '../wire/scope_catalogue.ts';
import { addedScopes, intersect, type ScopeSet, type ScopesLike, scopeSet } from './scopes.ts';

/**
 * What a bot may hold: what an agent without a special role does in chats, and the care of its own app's bots.
 * A bot sees the chats of its groups and those it is in, so that no scope reaches further.
 */
export const botScopes: ScopeSet = scopeSet([
  'chats--access:rw',
  'chats--my:rw',
  'chats.conversation--access:rw',
  'chats.conversation--my:rw',
  'customers:rw',
  'customers.ban:rw',
  'banlist_read',
  'multicast:rw',
  'tags--all:ro',
  'tags--groups:ro',
  'agents-bot--my:rw',
] satisfies ScopeId[]);

/** What a bot's own secret opens, whatever its app has (docs: configuration-api#issue-bot-token). */
export const ownSecretScopes: ScopeSet = scopeSet([
  'chats--access:rw',
  'agents-bot--my:rw',
  'customers:rw',
] satisfies ScopeId[]);

/** What the bot of an app may ask for: in the fewest ids. */
export function botMayHold(appScopes: ScopesLike): ScopeSet {
  return intersect(appScopes, botScopes);
}

export type BotScopes =
  | { readonly ok: true; readonly scopes: ScopeSet }
  | { readonly ok: false; readonly message: string };

/** The scopes of a `client_credentials` request (RFC 6749 §4.4.2), which must name them. */
export function decideBotScopes(wanted: ScopeSet | undefined, appScopes: ScopesLike): BotScopes {
  const held = botMayHold(appScopes);
  const offered = held.isEmpty
    ? 'The app has no scope that a bot may hold; add one, such as chats--access:rw.'
    : `The bot of this app may ask for ${held.ids.join(' ')}.`;
  if (wanted === undefined || wanted.isEmpty)
    return { ok: false, message: `scope is missing: the bot must name what it asks for. ${offered}` };
  const beyondBots = addedScopes(botScopes, wanted);
  if (beyondBots.length > 0)
    return { ok: false, message: `No bot may hold ${beyondBots.join(' ')}. ${offered}` };
  const beyondApp = addedScopes(appScopes, wanted);
  if (beyondApp.length > 0)
    return { ok: false, message: `The app does not have ${beyondApp.join(' ')}. ${offered}` };
  return { ok: true, scopes: wanted };
}
