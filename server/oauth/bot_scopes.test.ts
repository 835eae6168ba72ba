import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { botMayHold, decideBotScopes } from './bot_scopes.ts';
import { noScopes, scopeSet } from './scopes.ts';

describe('the scopes of a bot', () => {
  const app = ['chats--all:rw', 'customers:ro', 'agents--all:rw'];
  const cases: [string, string[], string][] = [
    ['what the app has', ['customers:ro'], 'customers:ro'],
    ['what a scope of the app contains', ['chats--access:rw'], 'chats--access:rw'],
    ['nothing that the app lacks', ['customers:rw'], 'The app does not have customers:rw.'],
    ['nothing that is no bot’s', ['agents--all:rw'], 'No bot may hold agents--all:rw.'],
    ['no chats beyond its groups', ['chats--all:ro'], 'No bot may hold chats--all:ro.'],
    ['no customers’ tokens', ['customers:own'], 'No bot may hold customers:own.'],
    ['nothing unnamed', [], 'scope is missing'],
  ];
  for (const [what, wanted, expected] of cases)
    it(`are ${what}`, () => {
      const decided = decideBotScopes(scopeSet(wanted), app);
      if (decided.ok) assert.equal(decided.scopes.key, expected);
      else assert.ok(decided.message.startsWith(expected), decided.message);
    });

  it('are told to whom asks for too much', () => {
    const refused = decideBotScopes(undefined, app);
    assert.match(refused.ok ? '' : refused.message, /may ask for chats--access:rw customers:ro\.$/);
    const none = decideBotScopes(undefined, ['agents--all:rw']);
    assert.match(none.ok ? '' : none.message, /no scope that a bot may hold/);
    assert.equal(botMayHold(noScopes).isEmpty, true);
  });
});
