import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { isOpen } from '../../server/apis/registry/method.ts';
import { registry } from '../../server/apis/registry/registry.ts';
import { openapiDocument } from '../../server/transport/docs/openapi/document.ts';
import { openWorld, type World } from '../support/world.ts';

const document = openapiDocument({
  publicUrl: 'https://chat.gatehouse.test',
  productName: 'Gatehouse',
  version: '1',
});
const paths = document.paths as Record<string, Record<string, { operationId: string; responses: object }>>;
const described = new Set(
  Object.entries(paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`)),
);

/** Addresses of the authorization server that no program calls, and why. */
const NOT_FOR_PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['post /oauth2/logout/confirm', 'The form of our own page.'],
  ['post /v2/customer/{organization_id}/{group_id}/token/', 'The same with a slash at the end.'],
]);

describe('the OpenAPI document', () => {
  it('is found good by the linter of Redocly, with all of its recommended rules', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // Public documents and pages of the authorization server refuse nothing that a client could mend.
        'operation-4xx-response': 'off',
        // Redirects are the answer of an authorization endpoint.
        'operation-2xx-response': 'off',
        // LiveChat's own: /v2/accounts/invitations/{id} beside /v2/accounts/{id}/roles.
        'no-ambiguous-paths': 'off',
        'no-invalid-media-type-examples': 'error',
        'no-invalid-schema-examples': 'error',
      },
    });
    const problems = await lintFromString({
      source: JSON.stringify(document),
      absoluteRef: 'openapi.json',
      config,
    });
    assert.deepEqual(
      problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
      [],
    );
  });

  it('describes every method of the registry, with every error that it declares', () => {
    for (const method of [...registry.agent, ...registry.customer, ...registry.configuration]) {
      const path = `/v3.6/${method.api}/action/${method.name}`;
      for (const verb of isOpen(method) ? ['get', 'post'] : ['post'])
        assert.ok(described.has(`${verb} ${path}`), `${verb} ${path}`);
      const words = JSON.stringify(paths[path]?.post?.responses);
      for (const code of method.errors ?? []) assert.ok(words.includes(`"${code}"`), `${path}: ${code}`);
    }
    for (const { http, name } of registry.accounts) {
      const path = http.path.replace(/:([a-z_]+)/g, '{$1}');
      assert.ok(described.has(`${http.method.toLowerCase()} ${path}`), name);
    }
    const scopes = new Set(registry.agent.flatMap((method) => method.scopes));
    for (const scope of scopes) assert.ok(JSON.stringify(document.components).includes(`"${scope}"`), scope);
  });

  it('is small enough to be read by a browser', () => {
    const size = JSON.stringify(document).length;
    assert.ok(size < 2_000_000, `${size} bytes`);
  });
});

describe('the running server and its OpenAPI document', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it('has an operation for every address that is served to programs', async () => {
    const forgotten: string[] = [];
    for (const { method, url } of world.routes) {
      if (['HEAD', 'OPTIONS', 'TRACE', 'QUERY'].includes(method) || url.endsWith('*')) continue;
      if (!/^\/(v2|oauth2|\.well-known|v3\.6)\//.test(url)) continue;
      const name = `${method.toLowerCase()} ${url.replace(/:([a-z_]+)/g, '{$1}')}`;
      if (described.has(name) || NOT_FOR_PROGRAMS.has(name)) continue;
      const answer = await fetch(world.url + url.replace(/:[a-z_]+/g, '0'), { method, redirect: 'manual' });
      await answer.arrayBuffer();
      if (answer.status !== 405) forgotten.push(name);
    }
    assert.deepEqual(forgotten, []);
  });

  it('serves it at /openapi.json to pages of every origin', async () => {
    const answer = await fetch(`${world.url}/openapi.json`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    const served = (await answer.json()) as { openapi: string; servers: { url: string }[] };
    assert.equal(served.openapi, '3.1.0');
    assert.equal(served.servers[0]?.url, world.server.composition.services.settings.publicUrl);
  });
});
