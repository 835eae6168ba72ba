import Type from 'typebox';
import { certificateFacts } from '../../domain/sign_in_rules/saml_fields.ts';
import { consoleMethod } from '../registry/method.ts';

const MOST_NAMED = 100;

export const getSignInRules = consoleMethod({
  name: 'get_sign_in_rules',
  summary: 'Read what the identity provider has to know of this server, and who could not sign in by it',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'GET', path: '/console/api/sign_in_rules' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    service_provider: Type.Object({
      entity_id: Type.String(),
      acs_url: Type.String(),
      metadata_url: Type.String(),
    }),
    test_url: Type.String({ description: 'Opened in a browser: tries the identity provider out.' }),
    certificates: Type.Array(Type.Object({ expires_at: Type.String(), fingerprint: Type.String() })),
    uncovered: Type.Array(Type.String(), {
      description: 'Addresses of people, owners apart, in no verified domain; the first hundred.',
    }),
  }),
  errors: ['not_found'],
  async handler({ services, caller: { organization } }) {
    const { signIn, saml, uncovered } = services.signInRules;
    const [provider, configuration, outside] = await Promise.all([
      signIn.provider(organization),
      saml.find(organization.licenseId),
      uncovered(organization.licenseId),
    ]);
    return {
      service_provider: {
        entity_id: provider.entityId,
        acs_url: provider.acsUrl,
        metadata_url: provider.metadataUrl,
      },
      test_url: `/signin/saml?organization_id=${organization.id}&test=1`,
      certificates: certificateFacts(configuration?.certificate ?? '').map(({ expiresAt, fingerprint }) => ({
        expires_at: expiresAt,
        fingerprint,
      })),
      uncovered: outside.slice(0, MOST_NAMED),
    };
  },
});
