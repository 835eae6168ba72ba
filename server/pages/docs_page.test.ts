import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docsPage } from './docs_page.ts';
import { galleryContext } from './gallery_samples.ts';
import { elementsOf, insideOf } from './parse_page.fixture.ts';

const page = docsPage(galleryContext, {
  title: 'Walk',
  nav: [{ title: 'Start', pages: [{ title: 'Walk', href: '/docs/walk', current: true }] }],
  articleHtml: '<h1>Walk</h1><pre><code>x</code></pre><table><tr><td>y</td></tr></table>',
});

test('the article is put in as it is, with its own heading', () => {
  assert.equal(insideOf(page, 'h1'), 'Walk');
});

test('code and tables that scroll can be reached by keyboard', () => {
  assert.equal(elementsOf(page).find((one) => one.tag === 'pre')?.attributes.tabindex, '0');
  assert.match(page, /<div class="table-scroll" tabindex="0"[^>]*><table>/);
});

test('the current page is marked in the navigation', () => {
  const current = elementsOf(page).filter((one) => one.attributes['aria-current'] === 'page');
  assert.deepEqual(
    current.map((one) => one.attributes.href),
    ['/docs/walk'],
  );
});
