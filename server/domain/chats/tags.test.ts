import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { TAGS_LIMIT, withoutTag, withTag } from './tags.ts';

const refuses = (code: string, run: () => unknown, words = /./) =>
  assert.throws(run, (error) => isGatehouseError(error) && error.code === code && words.test(error.message));

describe('the tags of a thread', () => {
  it('are kept in the order in which they were put on, each once', () => {
    assert.deepEqual(withTag(['a'], 'b'), ['a', 'b']);
    const tags = ['a', 'b'];
    assert.equal(withTag(tags, 'a'), tags);
    assert.deepEqual(withTag(['a'], 'A'), ['a', 'A']);
  });

  it('are taken off one by one, and one that is not there is told with its like', () => {
    assert.deepEqual(withoutTag(['a', 'b'], 'a'), ['b']);
    refuses('not_found', () => withoutTag(['Support'], 'support'), /It has "Support"/);
  });

  it('are limited, and hold nothing that cannot be stored', () => {
    const full = Array.from({ length: TAGS_LIMIT }, (_, n) => `tag ${n}`);
    refuses('limit_reached', () => withTag(full, 'one more'), /50/);
    assert.equal(withTag(full, 'tag 7'), full);
    refuses('validation', () => withTag([], ' '));
    refuses('validation', () => withTag([], 'a\u0000'));
  });
});
