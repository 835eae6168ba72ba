import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageOf, type Difference } from '../support/registry/compare.ts';
import { documentedApis } from '../support/registry/reference.ts';
import { RENEW, read, renewedGuide, scopesTable } from '../support/registry/tables.ts';
import { allowedDifferences } from './allowed_differences.ts';

const coverages = new Map(documentedApis.map((api) => [api, coverageOf(api)]));

const reasonOf = (found: Difference) =>
  allowedDifferences.find(
    ({ kind, api, method, what }) =>
      kind === found.kind &&
      (api ?? found.api) === found.api &&
      (method ?? found.method) === found.method &&
      what.test(found.what),
  );

describe('what is declared, held against what LiveChat documents', () => {
  for (const [api, { declared, notYet, undocumented, differences }] of coverages)
    it(`${api}: ${declared.length}/${declared.length + notYet.length} methods`, (context) => {
      assert.deepEqual(undocumented, [], 'declared, and not documented');
      assert.deepEqual(notYet.toSorted(), read.notYet()[api].toSorted(), RENEW);
      const unexplained = differences.filter((found) => !reasonOf(found));
      for (const { method, kind, what } of differences) context.diagnostic(`${method}: ${kind}: ${what}`);
      assert.deepEqual(unexplained, [], 'differences without a reason in allowed_differences.ts');
    });

  it('allows no difference that is not there', () => {
    const used = new Set([...coverages.values()].flatMap(({ differences }) => differences.map(reasonOf)));
    assert.deepEqual(
      allowedDifferences.filter((one) => !used.has(one)),
      [],
    );
  });

  it('is told in the guide, method by method', () => {
    assert.equal(read.guide(), renewedGuide(read.guide()), RENEW);
  });

  it('opens by the reviewed scopes and roles alone', () => {
    assert.equal(read.scopes(), scopesTable(), RENEW);
  });
});
