import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountRole, ChatRole } from '../identity/records.ts';
import {
  actionsOn,
  chatRolesToGive,
  refusal,
  rolesOutOfReach,
  rolesRefusal,
  rolesToGive,
  type Standing,
} from './role_rules.ts';

let people = 0;
const somebody = (accountRole: AccountRole, chatRole: ChatRole = 'administrator', suspended = false) =>
  ({
    accountId: `p${++people}`,
    accountRole,
    chatRole,
    suspendedAt: suspended ? 1 : null,
  }) satisfies Standing;

describe('The rules of roles', () => {
  const given: [Standing, AccountRole[], ChatRole[]][] = [
    [somebody('owner', 'normal'), ['owner', 'administrator', 'member'], ['administrator', 'normal']],
    [somebody('administrator'), ['administrator', 'member'], ['administrator', 'normal']],
    [somebody('administrator', 'normal'), ['administrator', 'member'], ['normal']],
    [somebody('member'), [], []],
  ];
  for (const [actor, roles, chat] of given)
    it(`let ${actor.accountRole} (${actor.chatRole}) give ${roles.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(rolesToGive(actor), roles);
      assert.deepEqual(chatRolesToGive(actor), chat);
      const beyond = rolesOutOfReach(actor);
      assert.deepEqual([...roles, ...beyond.accountRoles].sort(), ['administrator', 'member', 'owner']);
    });

  it('take everything from who is suspended or gone', () => {
    for (const standing of [somebody('owner', 'administrator', true), undefined])
      assert.deepEqual(rolesOutOfReach(standing), {
        accountRoles: ['member', 'administrator', 'owner'],
        chatRoles: ['normal', 'administrator'],
      });
    assert.deepEqual(actionsOn(somebody('owner', 'administrator', true), somebody('member')), []);
  });

  it('judge only what changes: an administrator may keep a role that they could not give', () => {
    const actor = somebody('administrator', 'normal');
    const target = somebody('member', 'administrator');
    const wanted = { accountRole: 'administrator', chatRole: 'administrator' } as const;
    assert.equal(rolesRefusal(actor, wanted, target), undefined);
    assert.match(rolesRefusal(actor, wanted) ?? '', /chat role/);
    assert.match(rolesRefusal(actor, { ...wanted, accountRole: 'owner' }, target) ?? '', /above your own/);
  });

  it('hand ownership from an owner to somebody else who is active', () => {
    const owner = somebody('owner');
    assert.equal(refusal(owner, somebody('member'), 'transfer_ownership'), undefined);
    assert.match(refusal(owner, owner, 'transfer_ownership') ?? '', /already/);
    const suspended = somebody('member', 'normal', true);
    assert.match(refusal(owner, suspended, 'transfer_ownership') ?? '', /suspended/);
    assert.match(refusal(somebody('administrator'), owner, 'transfer_ownership') ?? '', /Only an owner/);
  });

  it('offer to suspend or to lift, never both', () => {
    const owner = somebody('owner');
    assert.ok(!actionsOn(owner, somebody('member')).includes('unsuspend'));
    assert.ok(!actionsOn(owner, somebody('member', 'normal', true)).includes('suspend'));
  });
});
