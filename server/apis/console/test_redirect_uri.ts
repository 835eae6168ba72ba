import Type, { type Static } from 'typebox';
import { policyOf, profiles } from '../../oauth/client_profile.ts';
import { matchRedirectUri, type RedirectMatch } from '../../oauth/redirect_uri.ts';
import { consoleMethod } from '../registry/method.ts';
import { ClientTypeName, ProfileName, Switches } from './schemas.ts';
import { switchesOf } from './switches.ts';

const Result = Type.Object({
  profile: ProfileName,
  in_force: Type.Boolean({ description: 'The profile that authorize goes by now.' }),
  matched: Type.Boolean(),
  entry: Type.Union([
    Type.String({ description: 'The entry of the whitelist that lets it pass, or the nearest one.' }),
    Type.Null(),
  ]),
  rule: Type.Union([Type.Enum(['exact', 'empty_path', 'loopback_port', 'sub_path']), Type.Null()]),
  reason: Type.Union([Type.String({ description: 'Why it does not match.' }), Type.Null()]),
  message: Type.Union([Type.String(), Type.Null()]),
  first_difference: Type.Union([
    Type.Integer({ description: 'The first character in which it differs from `entry`, from 0.' }),
    Type.Null(),
  ]),
});

export const testRedirectUri = consoleMethod({
  name: 'test_redirect_uri',
  summary: 'Say whether a redirect URI matches a whitelist, by which entry and rule, under both profiles',
  description: 'Runs the matcher that authorize runs, on a whitelist that may not be saved yet.',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'POST', path: '/console/api/redirect_uri_test' },
  input: Type.Object(
    {
      redirect_uri: Type.String({ maxLength: 10_000, description: 'As the app sends it, decoded.' }),
      redirect_uris: Type.Array(Type.String(), { maxItems: 50, description: 'The whitelist.' }),
      type: ClientTypeName,
      profile: ProfileName,
      switches: Switches,
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ results: Type.Array(Result) }),
  handler: async ({ services, caller, input }) => {
    const organization = await services.identity.organization(caller.organization.licenseId);
    const forceStrict = organization?.forceStrict ?? false;
    const inForce = forceStrict ? 'strict' : input.profile;
    const results = profiles.map((profile) => {
      const client = { type: input.type, profile, switches: switchesOf(input.switches) };
      const { redirect } = policyOf(client, { forceStrict: false });
      const match = matchRedirectUri(input.redirect_uri, input.redirect_uris, redirect);
      return { profile, in_force: profile === inForce, ...presentMatch(match) };
    });
    return { results };
  },
});

function presentMatch(match: RedirectMatch): Omit<Static<typeof Result>, 'profile' | 'in_force'> {
  if (match.matched)
    return {
      matched: true,
      entry: match.entry,
      rule: match.rule,
      reason: null,
      message: null,
      first_difference: null,
    };
  const { nearest } = match;
  const differs = nearest && (nearest.received !== null || nearest.expected !== null);
  return {
    matched: false,
    entry: nearest?.entry ?? null,
    rule: null,
    reason: match.reason,
    message: match.message,
    first_difference: differs ? nearest.firstDifference : null,
  };
}
