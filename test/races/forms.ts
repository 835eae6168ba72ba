import assert from 'node:assert/strict';
import { type Browser, hiddenFields, type PageAnswer } from '../support/browser_session.ts';
import type { RaceRequest } from './arena.ts';

/**
 * What a browser sends when a form is submitted: its cookies, the hidden fields and these.
 * @param page a path, or the page that was opened already
 * @param action where the form goes, when not to the page's own path
 */
export async function formOf(
  browser: Browser,
  page: string | PageAnswer,
  fields: Record<string, string>,
  action = typeof page === 'string' ? (page.split('?')[0] ?? page) : '/',
): Promise<RaceRequest & { form: Record<string, string> }> {
  const opened = typeof page === 'string' ? await browser.get(page) : page;
  const hidden = hiddenFields(opened.text);
  assert.ok(hidden.csrf_token, `there is no form: ${opened.status} ${opened.location ?? ''}`);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { path: action, headers: { cookie, accept: 'text/html' }, form: { ...hidden, ...fields } };
}
