import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days, movableClock } from '../../kernel/clock.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { keyring } from '../../kernel/keyring.ts';
import { type Cursor, createPageCursors, refuseBesidePageId } from './page_cursor.ts';

const scope = { licenseId: 1, method: 'agent.list_chats' };
const cursor: Cursor<{ filters: object }> = {
  question: { filters: { group_ids: [1, 2], properties: { app: { name: { values: ['ü'] } } } } },
  order: 'desc',
  limit: 7,
  from: { at: 1_780_000_000_000_000, id: 'PJ0MRSHTDG' },
  direction: 'next',
};

describe('a page_id', () => {
  const clock = movableClock({ now: () => 1_780_000_000_000_000 });
  const cursors = createPageCursors(keyring(Buffer.alloc(32, 1)), clock);
  const refused = (run: () => unknown, words: RegExp) =>
    assert.throws(
      run,
      (error) =>
        isGatehouseError(error) &&
        error.code === 'validation' &&
        error.fields[0]?.field === 'page_id' &&
        words.test(error.message),
    );

  it('carries the whole question', () => {
    const text = cursors.write(scope, cursor);
    assert.match(text, /^[A-Za-z0-9_-]+$/);
    assert.deepEqual(cursors.read(scope, text), cursor);
  });

  it('is refused with any character changed', () => {
    const text = cursors.write(scope, cursor);
    for (let place = 0; place < text.length; place += 11) {
      const other = text[place] === 'A' ? 'B' : 'A';
      refused(
        () => cursors.read(scope, text.slice(0, place) + other + text.slice(place + 1)),
        /not given out/,
      );
    }
  });

  for (const text of ['x', 'MTUxNzM5ODEzMTQ5Ng==', '💥', 'A'.repeat(30_000)])
    it(`is refused when it is ${text.slice(0, 24)}`, () =>
      refused(() => cursors.read(scope, text), /not given out/));

  it('is refused in another spelling of the same bytes', () => {
    const text = cursors.write(scope, cursor);
    refused(() => cursors.read(scope, `${text}=`), /not given out/);
    refused(() => cursors.read(scope, `${text} `), /not given out/);
  });

  it('is of no use with another organization, method, subject or server', () => {
    const text = cursors.write(scope, cursor);
    refused(() => cursors.read({ ...scope, licenseId: 2 }, text), /another list/);
    refused(() => cursors.read({ ...scope, method: 'agent.list_threads' }, text), /another list/);
    refused(() => cursors.read({ ...scope, subject: 'PJ0MRSHTDG' }, text), /another list/);
    const elsewhere = createPageCursors(keyring(Buffer.alloc(32, 2)), clock);
    refused(() => elsewhere.read(scope, text), /not given out/);
  });

  it('lives 30 days', () => {
    const text = cursors.write(scope, cursor);
    clock.advance(days(30) - 1);
    assert.deepEqual(cursors.read(scope, text), cursor);
    clock.advance(1);
    refused(() => cursors.read(scope, text), /expired/);
  });

  it('comes alone', () => {
    refuseBesidePageId({ page_id: 'x' }, ['limit']);
    const both = { page_id: 'x', limit: 1, filters: {} };
    assert.throws(
      () => refuseBesidePageId(both, ['filters', 'limit', 'sort_order']),
      (error) => isGatehouseError(error) && error.fields.map(({ field }) => field).join() === 'filters,limit',
    );
    refuseBesidePageId({ limit: 1 } as { page_id?: string }, ['limit']);
  });
});
