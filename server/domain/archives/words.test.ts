import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { highlight, wordsOf } from './words.ts';

describe('the words of a text', () => {
  const cases: [string, string[]][] = [
    ['Hello, HELLO world!', ['hello', 'world']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['e\u0301te\u0301', ['ete']],
    ['Straße Łódź Ørsted', ['strasse', 'lodz', 'orsted']],
    ['ann@acme.test', ['ann', 'acme', 'test']],
    ['"a" AND NOT (b OR c*) NEAR/2 ^d', ['a', 'and', 'not', 'b', 'or', 'c', 'near', '2', 'd']],
    ['東京 abc京', ['東', '京', 'abc']],
    ['Привет', ['привет']],
    ['… — !?', []],
    ['x'.repeat(50), ['x'.repeat(40)]],
    ['ｆｕｌｌ', ['full']],
  ];
  for (const [text, words] of cases)
    it(`of ${JSON.stringify(text.slice(0, 40))}`, () =>
      assert.deepEqual([...wordsOf(text)].sort(), [...words].sort()));

  it('are marked as they stand in the text', () => {
    const mark = (text: string, query: string) =>
      highlight(text, wordsOf(query), { pre: '<em>', post: '</em>' });
    assert.equal(
      mark('The Crème, <b>creme</b> & cremes', 'crème'),
      'The <em>Crème</em>, <b><em>creme</em></b> & cremes',
    );
    assert.equal(mark('cre\u0301me', 'creme'), '<em>cre\u0301me</em>');
    assert.equal(mark('東京都', '京'), '東<em>京</em>都');
    assert.equal(mark('nothing', 'else'), 'nothing');
  });
});
