import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProblem } from './start_problem.ts';

describe('why a server did not start', () => {
  const path = '/srv/gatehouse/secret.key';
  const cases: [string, object, RegExp][] = [
    ['a port of the system', { code: 'EACCES', syscall: 'listen', port: 80 }, /^port 80 may not be used/],
    [
      'a folder of somebody else',
      { code: 'EACCES', path },
      /^\/srv\/gatehouse\/secret.key cannot be written/,
    ],
    ['a disk that is read-only', { code: 'EROFS', path }, /secret.key cannot be written \(EROFS\).*DATA_DIR/],
    [
      'a database on such a disk',
      { code: 'ERR_SQLITE_ERROR', message: 'attempt to write a readonly database' },
      /attempt to write a readonly database\. DATA_DIR should be a folder that this user may write/,
    ],
  ];
  for (const [what, error, words] of cases)
    it(`is told in words: ${what}`, () => assert.match(startProblem(error), words));
});
