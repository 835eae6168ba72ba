import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Change } from './gallery_samples.ts';
import { galleryContext } from './gallery_samples.ts';
import { gallery } from './gallery_views.ts';
import { elementsOf, insideOf, skeletonOf } from './parse_page.fixture.ts';

const hostile = `</title></textarea></code><script>alert(1)</script>"'><img src=x onerror=alert(1)>\u202Eevil\u2066`;

// Words of a closed list, or markup of our own: no stranger writes these.
const closed = new Set([
  ...['articleHtml', 'kind', 'trust', 'role', 'field', 'fields', 'purpose', 'reason'],
  ...['oauthException', 'identityException', 'exceptionDetails'],
]);

/** Appends hostile text to every string of a view, however deep. */
const poison: Change = <T>(value: T): T => spoil(value) as T;

function spoil(value: unknown): unknown {
  if (typeof value === 'string') return value + hostile;
  if (Array.isArray(value)) return value.map(spoil);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, closed.has(key) ? inner : spoil(inner)]),
  );
}

for (const entry of gallery) {
  describe(`the page ${entry.name}`, () => {
    const page = entry.render(galleryContext);
    const elements = elementsOf(page);
    const withId = (id: string) => elements.filter((one) => one.attributes.id === id);

    test('is a whole document with a language, a title, one main and one h1', () => {
      assert.ok(page.startsWith('<!doctype html>\n<html lang="en"'));
      assert.ok(insideOf(page, 'title').length > 0);
      for (const tag of ['title', 'main', 'h1', 'header', 'footer']) {
        assert.equal(elements.filter((one) => one.tag === tag).length, 1, `one <${tag}>`);
      }
    });

    test('names every control and ties hints and errors to it', () => {
      for (const { tag, attributes } of elements) {
        if (tag !== 'input' || attributes.type === 'hidden' || 'hidden' in attributes) continue;
        const labels = elements.filter((one) => one.tag === 'label' && one.attributes.for === attributes.id);
        assert.equal(labels.length, 1, `a label for ${attributes.name}`);
        assert.ok(
          attributes.type === 'checkbox' || attributes.autocomplete,
          `autocomplete of ${attributes.name}`,
        );
      }
      for (const { attributes } of elements) {
        if (attributes.id !== undefined)
          assert.equal(withId(attributes.id).length, 1, `one #${attributes.id}`);
        const references = `${attributes['aria-describedby'] ?? ''} ${attributes['aria-labelledby'] ?? ''}`;
        for (const id of references.split(' ').filter(Boolean))
          assert.equal(withId(id).length, 1, `#${id} exists`);
        if (attributes.href?.startsWith('#'))
          assert.equal(withId(attributes.href.slice(1)).length, 1, attributes.href);
      }
    });

    test('posts its forms with the CSRF token', () => {
      const forms = elements.filter((one) => one.tag === 'form');
      // A search changes nothing and has an address, in which no token belongs.
      const searches = forms.filter(({ attributes }) => attributes.role === 'search');
      for (const form of forms)
        assert.equal(form.attributes.method, searches.includes(form) ? 'get' : 'post');
      assert.equal(
        elements.filter((one) => one.attributes.name === 'csrf_token').length,
        forms.length - searches.length,
      );
    });

    test('keeps to a policy without inline script or style', () => {
      for (const { tag, attributes } of elements) {
        assert.notEqual(tag, 'style');
        if (tag === 'script') assert.ok(attributes.src, 'script has a source');
        for (const key of Object.keys(attributes))
          assert.ok(!/^(on|style$)/.test(key), `no ${key} on <${tag}>`);
      }
    });

    test('keeps its shape whatever foreign values say', () => {
      const spoiled = entry.render(galleryContext, poison);
      assert.deepEqual(skeletonOf(spoiled), skeletonOf(page));
      assert.ok(!spoiled.includes('<script>alert'));
      for (const { tag, attributes } of elementsOf(spoiled)) {
        if (tag === 'a') assert.match(attributes.href ?? '', /^(#|\/|https?:)/);
      }
      for (const tag of ['title', 'h1'])
        assert.doesNotMatch(insideOf(spoiled, tag), /[\u202a-\u202e\u2066-\u2069]/);
    });
  });
}
