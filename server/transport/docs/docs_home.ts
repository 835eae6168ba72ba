import { escapeHtml, GUIDES } from './guides.ts';
import { isRead, type ReferenceApi } from './reference.ts';

/** The first page of the documentation: where to begin, every API, and the files that describe them. */
export function docsHome(productName: string, apis: readonly ReferenceApi[]): string {
  const guides = GUIDES.map(
    ({ title, guides: of }) =>
      `<li><strong>${escapeHtml(title)}</strong>: ${of.map((guide) => `<a href="/docs/${guide.slug}">${escapeHtml(guide.title)}</a>`).join(', ')}</li>`,
  );
  const references = apis.map(({ slug, title, operations }) => {
    const count = operations.filter(isRead).length;
    return `<li><a href="/docs/${slug}">${escapeHtml(title)}</a> <span class="soft">${count} ${count === 1 ? 'method' : 'methods'}</span></li>`;
  });
  return [
    `<h1>${escapeHtml(productName)} documentation</h1>`,
    '<p><a href="/docs/walk">The walk</a> goes from an empty server to the first list of chats in ten minutes.</p>',
    '<h2 id="api-reference">API reference</h2>',
    '<p>Each method with what opens it, what it takes, what it refuses, and a request to paste. You can send it from the page with a token of your own.</p>',
    `<ul>${references.join('')}</ul>`,
    '<p>The same for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1) and <a href="/postman.json">postman.json</a> (a Postman collection).</p>',
    '<h2 id="guides">Guides</h2>',
    `<ul>${guides.join('')}</ul>`,
  ].join('\n');
}
