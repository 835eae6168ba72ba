import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentInWords, timeInWords, userAgentInWords, waitInWords } from './format.ts';

const now = Date.UTC(2026, 0, 31, 7, 11, 28) * 1000;
const ago = (seconds: number) => timeInWords(now - seconds * 1_000_000, now);

test('times within a week are said as how long ago, older ones as a date', () => {
  assert.equal(ago(0), 'just now');
  assert.equal(ago(-30), 'just now');
  assert.equal(ago(59), 'just now');
  assert.equal(ago(60), '1 minute ago');
  assert.equal(ago(3599), '59 minutes ago');
  assert.equal(ago(7200), '2 hours ago');
  assert.equal(ago(86_400), '1 day ago');
  assert.equal(ago(6.9 * 86_400), '6 days ago');
  assert.equal(ago(7 * 86_400), '24 January 2026');
  assert.equal(ago(-86_400), '1 February 2026');
});

test('a moment is said with its time in UTC', () => {
  assert.equal(momentInWords(now), '31 January 2026, 07:11 UTC');
});

test('a wait is rounded up', () => {
  assert.equal(waitInWords(0), '1 second');
  assert.equal(waitInWords(29.2), '30 seconds');
  assert.equal(waitInWords(91), '2 minutes');
  assert.equal(waitInWords(7000), '2 hours');
});

test('a user agent is said as browser and system', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
  assert.equal(userAgentInWords(chrome), 'Chrome on Windows');
  assert.equal(userAgentInWords(`${chrome} Edg/141.0.0.0`), 'Edge on Windows');
  assert.equal(
    userAgentInWords(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1',
    ),
    'Safari on iPhone',
  );
  assert.equal(
    userAgentInWords('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'),
    'Firefox on Linux',
  );
  assert.equal(userAgentInWords('curl/8.14.1'), 'curl');
  assert.equal(userAgentInWords('SomeTool (Macintosh)'), 'Unknown browser on macOS');
  assert.equal(userAgentInWords('<script>'), 'Unknown browser');
  assert.equal(userAgentInWords(null), 'Unknown browser');
});
