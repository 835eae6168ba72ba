import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPageMeta } from './page_meta.ts';

const BASE = 'https://shop.example/a/b';

describe('what a page says of itself', () => {
  it('is OpenGraph’s, then Twitter’s, then its own', () => {
    const own = '<title> The\n shop </title><meta name=description content="All &amp; more">';
    assert.deepEqual(readPageMeta(own, BASE), { title: 'The shop', description: 'All & more' });
    const twitter = '<meta name="twitter:title" content="T"><meta name="twitter:image" content="/i.png">';
    assert.deepEqual(readPageMeta(own + twitter, BASE), {
      title: 'T',
      description: 'All & more',
      imageUrl: 'https://shop.example/i.png',
    });
    const graph = `<META content='G "quoted" > x' PROPERTY='og:title'/>
      <meta property="og:image" content="https://cdn.example/i.png?a=1&amp;b=2">
      <meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">`;
    assert.deepEqual(readPageMeta(own + twitter + graph, BASE), {
      title: 'G "quoted" > x',
      description: 'All & more',
      imageUrl: 'https://cdn.example/i.png?a=1&b=2',
      imageWidth: 1200,
      imageHeight: 630,
    });
  });

  const nothing: [string, string][] = [
    ['an empty page', ''],
    ['a comment', '<!-- <title>x</title> -->'],
    ['a script', '<script>"<title>x</title>"</script>'],
    ['the body', '<body><title>x</title><meta property="og:title" content="x">'],
    ['a tag without an end', '<meta property="og:title" content="x'],
    ['an image that is a script', '<meta property="og:image" content="javascript:alert(1)">'],
    ['an image inside the page', '<meta property="og:image" content="data:image/png;base64,AAAA">'],
  ];
  for (const [what, markup] of nothing)
    it(`is not taken from ${what}`, () => assert.deepEqual(readPageMeta(markup, BASE), {}));

  it('is cut where it is long, and has no character that turns text around', () => {
    const { title = '' } = readPageMeta(`<title>${'x'.repeat(5000)}</title>`, BASE);
    assert.equal(title.length, 300);
    assert.equal(readPageMeta('<title>a&#x202e;b&#0;&unknown;</title>', BASE).title, 'a b&#0;&unknown;');
  });

  it('is read in one go, whatever the page is made of', () => {
    for (const piece of ['<', '<!--', '<meta ', '<title', '</', '<a="', "<meta content='", '<script>', '&#'])
      readPageMeta(piece.repeat(Math.floor(500_000 / piece.length)), BASE);
  });
});
