import assert from 'node:assert/strict';
import { it } from 'node:test';
import { en } from '../../console/texts/en.ts';
import { auditActions } from '../../server/domain/identity/audit_actions.ts';
import { refusalEndpoints } from '../../server/domain/insight/refused_requests.ts';
import { compatibilityFeatures } from '../../server/oauth/compatibility.ts';
import { refusalReasons } from '../../server/oauth/refusal_reasons.ts';

it('the Console has words for every reason, endpoint, compatibility feature and entry of the audit log', () => {
  const sorted = (names: readonly string[]) => [...names].sort();
  assert.deepEqual(sorted(Object.keys(en.refusals.reasons)), sorted(refusalReasons));
  assert.deepEqual(sorted(Object.keys(en.refusals.endpoints)), sorted(refusalEndpoints));
  assert.deepEqual(sorted(Object.keys(en.auditLog.actions)), sorted(auditActions));
  assert.deepEqual(sorted(Object.keys(en.compatibility.features)), sorted(compatibilityFeatures));
});
