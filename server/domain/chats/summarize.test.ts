import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summarize } from './summarize.ts';

const said = (...texts: string[]) => texts.map((text, n) => ({ author: n % 2 === 0 ? 'Tom' : 'Ann', text }));

describe('the summary of a conversation', () => {
  it('is what was said most about, in order, the first sentence always among it', () => {
    const summary = summarize(
      said(
        'Hello! My coffee grinder is broken.',
        'Hm. Ok.',
        'The grinder makes a noise when coffee beans go in.',
        'Sure. We send another coffee grinder tomorrow.',
        'Nice weather. Bye. Thanks.',
      ),
    );
    assert.deepEqual(summary?.split('\n'), [
      '• Tom: Hello!',
      '• Tom: My coffee grinder is broken.',
      '• Tom: The grinder makes a noise when coffee beans go in.',
      '• Ann: We send another coffee grinder tomorrow.',
      '• Tom: Nice weather.',
    ]);
  });

  it('is bounded, and nothing where nothing was said', () => {
    assert.equal(summarize([]), undefined);
    assert.equal(summarize(said('', ' … ', '!!!')), undefined);
    const long = summarize(said(...Array.from({ length: 600 }, () => `${'word '.repeat(3000)}.`)));
    assert.ok((long?.length ?? 0) < 1200);
  });
});
