import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lasting, renderAnswer, stringifyAnswer } from './lasting.ts';

describe('The JSON of an answer', () => {
  it('is that of JSON.stringify, whatever the answer', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(stringifyAnswer(value), JSON.stringify(value));
      }),
      { seed: 1 },
    );
  });

  it('leaves undefined members out, and has null for them in lists, as JSON.stringify does', () => {
    const answer = { a: undefined, b: [undefined, 1], 'c"': () => {} };
    assert.equal(stringifyAnswer(answer), JSON.stringify(answer));
  });

  it('of a lasting structure is the same the first and the second time', () => {
    const chat = lasting({ id: 'A', users: [{ name: 'é "quoted"' }] });
    const answer = { chats: [chat, { id: 'B' }], found: 2 };
    const expected = JSON.stringify(answer);
    assert.equal(stringifyAnswer(answer), expected);
    assert.equal(stringifyAnswer(answer), expected);
  });

  it('of a lasting answer is the same however often it is sent', () => {
    const answer = lasting({ chats: [lasting({ name: 'é "quoted"' })], found: 1 });
    for (let turn = 0; turn < 4; turn++)
      assert.equal(renderAnswer(answer).toString(), JSON.stringify(answer));
  });
});
