import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { narrowResources, opensResource, parseResources, resourceAddresses } from './resource_indicator.ts';

const issuer = 'https://chat.example.com';
const names = (text: string | undefined) => {
  const parsed = parseResources(text, issuer);
  return parsed.ok ? parsed.resources : undefined;
};

describe('resources', () => {
  it('are none where none is named', () => {
    assert.equal(names(undefined), null);
    assert.equal(names(''), null);
    assert.equal(names('  '), null);
  });

  it('are read by their address, in any order and number', () => {
    assert.equal(names(`${issuer}/v3.6/configuration ${issuer}/v3.6/agent`), 'agent configuration');
    assert.equal(names(`${issuer}/v3.6/agent ${issuer}/v3.6/agent/`), 'agent');
    assert.equal(names(`${issuer}/`), 'server');
    assert.equal(names(`${issuer}/v3.6/agent ${issuer}`), 'server', 'the server contains its APIs');
  });

  it('are no others, however near', () => {
    for (const near of [
      'https://chat.example.com.evil.example',
      'https://chat.example.com/v3.6',
      'https://chat.example.com/v3.6/agent/action',
      'https://chat.example.com/v3.6/agent?x',
      'https://chat.example.com/v3.6/agent#x',
      'https://chat.example.com//',
      'https://chat.example.com/v3.6/Agent',
      'HTTPS://chat.example.com',
      'http://chat.example.com',
      'agent',
      '/v3.6/agent',
      `${issuer} https://other.example`,
    ])
      assert.equal(names(near), undefined, near);
  });

  it('say which APIs a token opens', () => {
    assert.equal(opensResource(null, 'agent'), true);
    assert.equal(opensResource('server', 'agent'), true);
    assert.equal(opensResource('agent', 'agent'), true);
    assert.equal(opensResource('agent', 'configuration'), false);
    assert.equal(opensResource('agent', 'server'), false);
    assert.equal(opensResource('', 'agent'), false, 'what cannot be read opens nothing');
    assert.equal(opensResource('unknown', 'agent'), false);
  });

  it('can be narrowed, never widened', () => {
    assert.equal(narrowResources(null, null), null);
    assert.equal(narrowResources(null, 'agent'), 'agent');
    assert.equal(narrowResources('agent configuration', null), 'agent configuration');
    assert.equal(narrowResources('agent configuration', 'agent'), 'agent');
    assert.equal(narrowResources('agent', 'agent configuration'), undefined);
    assert.equal(narrowResources('agent', 'server'), undefined);
    assert.equal(narrowResources('', 'agent'), undefined);
  });

  it('have their addresses under the present issuer', () => {
    assert.deepEqual(resourceAddresses(null, issuer), [issuer]);
    assert.deepEqual(resourceAddresses('agent customer', 'https://b'), [
      'https://b/v3.6/agent',
      'https://b/v3.6/customer',
    ]);
  });
});
