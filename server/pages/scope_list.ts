import { html } from 'htm/preact';
import type { VNode } from 'preact';

/** A scope as it is said to a person; the scope catalogue's entries fit as they are. */
export type ScopeInWords = {
  id: string;
  /** What it allows, as an imperative: `See every chat of your organization`. */
  consent: string;
  group: string;
  /** Was not part of what the person allowed before. */
  isNew?: boolean | undefined;
};

/** Scopes by group, both in the order given. */
export function groupScopes<Scope extends ScopeInWords>(scopes: readonly Scope[]): [string, Scope[]][] {
  const groups = new Map<string, Scope[]>();
  for (const scope of scopes) groups.set(scope.group, [...(groups.get(scope.group) ?? []), scope]);
  return [...groups];
}

/** Scopes in words under their group's heading (`level`: the heading's level on this page). */
export function scopeList(scopes: readonly ScopeInWords[], level: 2 | 3 | 4): VNode {
  const heading = `h${level}`;
  return html`<div class="scopes">
    ${groupScopes(scopes).map(
      ([group, members]) => html`<section>
        <${heading} class="scope-group">${group}</${heading}>
        <ul>
          ${members.map(
            (scope) =>
              html`<li title=${scope.id}><span>${scope.consent}</span>${scope.isNew ? html`${' '}<span class="badge badge-new">New</span>` : null}</li>`,
          )}
        </ul>
      </section>`,
    )}
  </div>`;
}
