import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isApiError, readApiError } from './api_error.ts';

test('a refusal in the documented shape keeps all its parts', () => {
  const error = readApiError(400, 'header-id', {
    error: {
      type: 'validation',
      message: 'Please check the marked fields.',
      fields: [{ field: 'redirect_uris[1]', message: 'No fragment.' }, { field: 7 }],
    },
    request_id: 'body-id',
  });
  assert.equal(error.type, 'validation');
  assert.equal(error.requestId, 'body-id');
  assert.equal(error.forField('redirect_uris[1]'), 'No fragment.');
  assert.equal(error.fields.length, 1);
});

test('a conflict carries the version that is saved', () => {
  const error = readApiError(409, null, { error: { type: 'conflict', message: 'm', current_version: 7 } });
  assert.equal(error.currentVersion, 7);
  assert.equal(isApiError(error, 'conflict'), true);
});

test('a type of a newer server keeps its message', () => {
  const error = readApiError(409, null, { error: { type: 'already_exists', message: 'It is there.' } });
  assert.equal(error.message, 'It is there.');
  assert.equal(error.type, 'validation');
});

test('an answer that is not the server’s own is not taken for its words', () => {
  assert.equal(readApiError(502, null, undefined).type, 'unreadable');
  assert.equal(readApiError(502, null, { error: 'Bad gateway' }).type, 'unreadable');
  assert.equal(readApiError(401, null, undefined).type, 'authentication');
  assert.equal(readApiError(503, null, '<html>').type, 'service_unavailable');
});
