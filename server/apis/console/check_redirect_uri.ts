import Type, { type Static } from 'typebox';
import { policyOf } from '../../oauth/client_profile.ts';
import { checkRegistration, type ParsedRedirect } from '../../oauth/redirect_uri.ts';
import { consoleMethod } from '../registry/method.ts';
import { ClientTypeName, ProfileName, Switches } from './schemas.ts';
import { switchesOf } from './switches.ts';

const Verdict = Type.Object({
  ok: Type.Boolean(),
  normalized: Type.Optional(Type.String({ description: 'As it would be stored.' })),
  problem: Type.Optional(
    Type.Object({
      part: Type.Union([
        Type.Literal('scheme'),
        Type.Literal('host'),
        Type.Literal('port'),
        Type.Literal('path'),
        Type.Literal('query'),
        Type.Literal('fragment'),
        Type.Literal('userinfo'),
        Type.Literal('characters'),
        Type.Literal('length'),
        Type.Literal('whole'),
      ]),
      message: Type.String(),
      suggestion: Type.Optional(Type.String({ description: 'An address that would be taken.' })),
    }),
  ),
});

export const checkRedirectUri = consoleMethod({
  name: 'check_redirect_uri',
  summary: 'Say whether a redirect URI could be registered under these settings, and if not, why',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'POST', path: '/console/api/redirect_uri_check' },
  input: Type.Object(
    {
      redirect_uri: Type.String(),
      type: ClientTypeName,
      profile: ProfileName,
      switches: Switches,
    },
    { additionalProperties: false },
  ),
  output: Verdict,
  handler: async ({ services, caller, input }) => {
    const organization = await services.identity.organization(caller.organization.licenseId);
    const policy = policyOf(
      {
        type: input.type,
        profile: input.profile,
        switches: switchesOf(input.switches),
      },
      { forceStrict: organization?.forceStrict ?? false },
    );
    // White space around an address is dropped when it is saved, too.
    return presentVerdict(checkRegistration(input.redirect_uri.trim(), policy.redirect));
  },
});

function presentVerdict(checked: ParsedRedirect): Static<typeof Verdict> {
  if (checked.ok) return { ok: true, normalized: checked.uri.text };
  const { part, message, suggestion } = checked.problem;
  return { ok: false, problem: { part, message, ...(suggestion === undefined ? {} : { suggestion }) } };
}
