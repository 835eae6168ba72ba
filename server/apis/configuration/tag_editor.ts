import Type from 'typebox';
import type { TagEditor } from '../../domain/tags/tag_rules.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

export const tagName = Type.String({ minLength: 1, maxLength: 255 });
export const tagWriteScopes = ['tags--all:rw', 'tags--groups:rw'];

/** The caller as who sees and changes tags. */
export function tagEditor({
  caller,
  scope,
}: Pick<CallContext<AgentCaller, unknown>, 'caller' | 'scope'>): TagEditor {
  return {
    licenseId: caller.organization.licenseId,
    agentId: caller.agentId,
    ownGroups: scope?.startsWith('tags--groups') ? caller.groupIds : null,
  };
}
