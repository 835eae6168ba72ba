import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CHAT_PAGE_CLIENT, INBOX_CLIENT } from '../server/domain/apps/built_in_clients.ts';
import { type Organization, openWorld, type World } from './support/world.ts';

const NAME = `Acme "&<script>$&`;

describe('the chat page of an organization', () => {
  let world: World;
  let acme: Organization;
  before(async () => {
    world = await openWorld();
    acme = await world.organization(NAME);
  });
  after(() => world.close());

  const cookieToken = (form: Record<string, string>, origin: string) =>
    fetch(`${world.url}/v2/customer/token`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'cookie', client_id: CHAT_PAGE_CLIENT, ...form }),
    });

  it('runs only its own script, by a nonce that no other answer has', async () => {
    const nonces = new Set<string>();
    for (const id of [acme.id, acme.id.toUpperCase()]) {
      const answer = await fetch(`${world.url}/chat/${id}`);
      const html = await answer.text();
      assert.equal(answer.status, 200, html);
      const policy = answer.headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'nonce-([A-Za-z0-9+/]{22}==)';/.exec(policy)?.[1];
      assert.ok(nonce, policy);
      nonces.add(nonce);
      const tags = html.match(/<(?:script|link rel="stylesheet")[^>]*>/g) ?? [];
      assert.equal(tags.length, 2, html);
      for (const tag of tags) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
      assert.equal(answer.headers.get('set-cookie'), null);
    }
    assert.equal(nonces.size, 2);
  });

  it('names the organization, whatever the name is made of', async () => {
    const html = await (await fetch(`${world.url}/chat/${acme.id}`)).text();
    assert.ok(!html.includes('Acme "'), html);
    const settings = /data-settings="([^"]*)"/.exec(html)?.[1] ?? '';
    const read = settings.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    assert.deepEqual(JSON.parse(read), {
      organization_id: acme.id,
      organization_name: NAME,
      client_id: CHAT_PAGE_CLIENT,
      origin: world.url,
    });
  });

  it('is a plain page that says so where there is no such organization', async () => {
    for (const id of [crypto.randomUUID(), 'acme', '%00', '..%2f..%2fetc']) {
      const answer = await fetch(`${world.url}/chat/${id}`, { headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404, id);
      assert.match(await answer.text(), /no organization with this id|nothing at this address/i);
    }
  });

  it('gets a customer of its organization, for pages of this server alone', async () => {
    const own = await cookieToken({ organization_id: acme.id }, world.url);
    assert.equal(own.status, 200);
    const token = (await own.json()) as { organization_id: string; client_id: string };
    assert.deepEqual([token.organization_id, token.client_id], [acme.id, CHAT_PAGE_CLIENT]);
    for (const origin of ['https://evil.example', 'null', world.url.replace('http:', 'https:')]) {
      const foreign = await cookieToken({ organization_id: acme.id }, origin);
      assert.equal(foreign.status, 403, origin);
      assert.equal(foreign.headers.get('access-control-allow-origin'), null);
    }
    const nowhere = await cookieToken({ organization_id: crypto.randomUUID() }, world.url);
    assert.ok(nowhere.status >= 400 && nowhere.status < 500);
  });

  it('has a client that nobody can use for anything else', async () => {
    for (const client_id of [CHAT_PAGE_CLIENT, INBOX_CLIENT]) {
      const asked = new URLSearchParams({
        response_type: 'code',
        client_id,
        redirect_uri: `${world.url}/chat/`,
      });
      const answer = await fetch(`${world.url}/?${asked}`, { redirect: 'manual' });
      assert.match(answer.headers.get('location') ?? '', /\/ooops\?/);
      const token = await world.token({ grant_type: 'client_credentials', client_id, client_secret: 'x' });
      assert.ok(token.status >= 400 && token.status < 500);
    }
    const inbox = await cookieToken({ organization_id: acme.id, client_id: INBOX_CLIENT }, world.url);
    assert.ok(inbox.status >= 400 && inbox.status < 500);
  });
});
