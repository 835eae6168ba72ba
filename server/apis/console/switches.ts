import type { Static } from 'typebox';
import type { ClientSwitches } from '../../oauth/client_profile.ts';
import type { Switches } from './schemas.ts';

/** The switches of an app, from the wire. */
export function switchesOf(switches: Static<typeof Switches>): ClientSwitches {
  return {
    acceptSubPaths: switches.accept_sub_paths,
    allowPlainHttp: switches.allow_plain_http,
    rotateRefreshTokens: switches.rotate_refresh_tokens,
  };
}
