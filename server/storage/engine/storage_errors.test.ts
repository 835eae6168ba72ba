import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { storageError } from './storage_errors.ts';

const codeOf = (error: unknown): string => {
  const turned = storageError(error);
  return isGatehouseError(turned) ? turned.code : 'not turned';
};

describe('errors of the storage', () => {
  it('a text that PostgreSQL cannot store is the fault of who sent it', () => {
    assert.equal(codeOf(Object.assign(new Error('invalid byte sequence'), { code: '22021' })), 'validation');
  });

  for (const [what, error] of [
    ['no connection is free in time', new Error('timeout exceeded when trying to connect')],
    ['a connection broke', new Error('Connection terminated unexpectedly')],
    ['transactions got in each other’s way too often', Object.assign(new Error('x'), { code: '40001' })],
    ['the server shuts down', Object.assign(new Error('x'), { code: '57P01' })],
  ] as const)
    it(`ask to try again when ${what}`, () => assert.equal(codeOf(error), 'service_unavailable'));
});
