import type { AuthorizationSettings } from '../../api/types.ts';
import { equal } from '../../design/equal.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Difference } from '../app/conflict_alert.tsx';

/** What differs between two states of the block, in words. */
export function differencesOf(
  theirs: AuthorizationSettings,
  mine: AuthorizationSettings,
  texts: Texts,
): Difference[] {
  const describe: readonly { label: string; say: (settings: AuthorizationSettings) => string }[] = [
    { label: texts.redirectUris.label, say: (settings) => settings.redirect_uris.join('\n') },
    {
      label: texts.postLogoutUris.label,
      say: (settings) => settings.post_logout_redirect_uris.join('\n'),
    },
    {
      label: texts.scopes.title,
      say: (settings) =>
        settings.scopes
          .map(({ scope, required }) => (required ? `${scope} (${texts.scopes.required})` : scope))
          .join('\n'),
    },
    { label: texts.profile.title, say: (settings) => texts.profile.profiles[settings.profile].name },
    {
      label: texts.profile.switchesTitle,
      say: ({ switches }) =>
        [
          switches.accept_sub_paths ? texts.profile.switches.accept_sub_paths.name : '',
          switches.allow_plain_http ? texts.profile.switches.allow_plain_http.name : '',
          switches.rotate_refresh_tokens ? texts.profile.switches.rotate_refresh_tokens.name : '',
        ]
          .filter(Boolean)
          .join('\n'),
    },
  ];
  return describe
    .map(({ label, say }) => ({ label, theirs: say(theirs), mine: say(mine) }))
    .filter((difference) => !equal(difference.theirs, difference.mine));
}
