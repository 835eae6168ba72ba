import assert from 'node:assert/strict';
import { it } from 'node:test';
import { en } from '../../console/texts/en.ts';
import { refusalEndpoints } from '../../server/domain/insight/refused_requests.ts';
import { compatibilityFeatures } from '../../server/oauth/compatibility.ts';
import { refusalReasons } from '../../server/oauth/refusal_reasons.ts';

it('the Console has words for every reason, every endpoint and every compatibility feature', () => {
  const sorted = (names: readonly string[]) => [...names].sort();
  assert.deepEqual(sorted(Object.keys(en.refusals.reasons)), sorted(refusalReasons));
  assert.deepEqual(sorted(Object.keys(en.refusals.endpoints)), sorted(refusalEndpoints));
  assert.deepEqual(sorted(Object.keys(en.compatibility.features)), sorted(compatibilityFeatures));
});
