import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import newman, { type NewmanRunSummary } from 'newman';
import { registry } from '../server/apis/registry/registry.ts';
import { scopeCatalogue } from '../server/wire/scope_catalogue.ts';
import { openBrowser } from './support/browser_session.ts';
import { codeFor, type Organization, openWorld, type Person, REDIRECT, type World } from './support/world.ts';

interface Variable {
  key: string;
  value: string;
}

interface Collection {
  info: { name: string };
  item: { name: string; item: { name: string }[] }[];
  variable: Variable[];
}

function run(collection: object): Promise<NewmanRunSummary> {
  return new Promise((resolve, reject) => {
    newman.run({ collection, reporters: [] }, (error, summary) => (error ? reject(error) : resolve(summary)));
  });
}

function fill(collection: Collection, values: Record<string, string>): void {
  for (const [key, value] of Object.entries(values)) {
    const variable = collection.variable.find((one) => one.key === key);
    assert.ok(variable, `the collection has the variable ${key}`);
    variable.value = value;
  }
}

function failuresOf(summary: NewmanRunSummary): string[] {
  return summary.run.failures.map((failure) => {
    const source = failure.source as { name?: string } | undefined;
    return `${source?.name}: ${failure.error.test ?? ''} ${failure.error.message}`;
  });
}

describe('the Postman collection of an app', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme);
  });
  after(() => world.close());

  async function download(appId: string): Promise<Collection> {
    const answer = await owner.browser.get(`/console/api/apps/${appId}/postman.json`);
    assert.equal(answer.status, 200, answer.text.slice(0, 200));
    return JSON.parse(answer.text);
  }

  it('runs from top to bottom in newman', async () => {
    const app = await world.app(owner, acme, { scopes: ['chats--all:ro', 'chats--all:rw', 'customers:own'] });
    const collection = await download(app.details.app.id);
    const code = await codeFor(owner, app);
    fill(collection, { client_secret: app.clientSecret, code: code.replace(':', '%3A') });
    const summary = await run(collection);
    assert.deepEqual(failuresOf(summary), []);
    const names = collection.item.map((folder) => folder.name);
    assert.deepEqual(
      names.map((name) => name.slice(0, 2)),
      ['1.', '2.', '3.', '4.', '5.', '6.', '7.', '8.', '11'],
    );
    const requests = collection.item.flatMap((folder) => folder.item);
    assert.equal(summary.run.executions.length, requests.length, 'every request was sent');
    assert.ok((summary.run.stats.assertions.total ?? 0) >= requests.length, 'each has an assertion');
  });

  it('runs for a JavaScript app, which proves itself by PKCE', async () => {
    const app = await world.app(owner, acme, {
      type: 'javascript_app',
      scopes: ['chats--all:ro', 'customers:own'],
    });
    const collection = await download(app.details.app.id);
    assert.ok(!collection.variable.some((variable) => variable.key === 'client_secret'));
    // RFC 7636, appendix B.
    const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const code = await codeFor(owner, app, { code_challenge, code_challenge_method: 'S256' });
    fill(collection, { code_verifier, code_challenge, code });
    assert.deepEqual(failuresOf(await run(collection)), []);
  });

  it('makes a PKCE pair that the server takes', async () => {
    const app = await world.app(owner, acme, { type: 'javascript_app' });
    const collection = await download(app.details.app.id);
    const first = await run({ ...collection, item: collection.item.slice(0, 1) });
    assert.deepEqual(failuresOf(first), []);
    const asked = new URL(first.run.executions[0]?.request.url.toString() ?? '');
    const made = Object.fromEntries(asked.searchParams);
    assert.match(made.code_challenge ?? '', /^[A-Za-z0-9_-]{43}$/);
  });

  it('takes the whole address where somebody pasted that', async () => {
    const app = await world.app(owner, acme);
    const collection = await download(app.details.app.id);
    const code = encodeURIComponent(await codeFor(owner, app));
    fill(collection, { client_secret: app.clientSecret, code: `${REDIRECT}?code=${code}&state=postman` });
    assert.deepEqual(failuresOf(await run(collection)), []);
  });

  it('holds what the scopes of the app open, and nothing else', async () => {
    const app = await world.app(owner, acme, { scopes: ['chats--access:ro'] });
    const collection = await download(app.details.app.id);
    assert.deepEqual(
      collection.item.map((folder) => folder.name),
      ['1. Authorize', '2. Exchange the code', '3. List Chats', '4. Refresh', '5. Token info', '11. Revoke'],
    );
  });

  it('says what to do when no code was pasted', async () => {
    const app = await world.app(owner, acme);
    const collection = await download(app.details.app.id);
    const summary = await run({ ...collection, item: collection.item.slice(0, 2) });
    assert.match(failuresOf(summary).join('\n'), /Open the authorize address \(request 1\) in a browser/);
  });

  it('is served for the whole server, too, and runs once an app is put in', async () => {
    const answer = await openBrowser(world.url).get('/postman.json');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /postman_collection\.json/);
    const collection: Collection = JSON.parse(answer.text);
    const app = await world.app(owner, acme, {
      scopes: scopeCatalogue.filter((one) => one.selectable && !one.standardOnly).map(({ id }) => id),
    });
    const tokens = { client_id: app.clientId, client_secret: app.clientSecret, redirect_uri: REDIRECT };
    const looking = structuredClone(collection);
    fill(looking, { ...tokens, code: await codeFor(owner, app) });
    const looked = await run(looking);
    assert.deepEqual(failuresOf(looked), []);
    const sent = looked.run.executions.filter(({ response }) => response).map(({ item }) => item.name);
    for (const harmful of ['set_password', 'delete_all_sessions', 'update_organization', 'update_account'])
      assert.ok(!sent.includes(harmful), `${harmful} is not sent to whoever only looks`);
    fill(collection, {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      redirect_uri: REDIRECT,
      code: await codeFor(owner, app),
      run_changes: 'yes',
    });
    const names = JSON.stringify(collection.item.flatMap((folder) => folder.item.map(({ name }) => name)));
    for (const method of [
      ...registry.agent,
      ...registry.customer,
      ...registry.configuration,
      ...registry.accounts,
    ])
      if (!('upload' in method && method.upload)) assert.ok(names.includes(method.name), method.name);
    assert.deepEqual(failuresOf(await run(collection)), []);
  });
});
