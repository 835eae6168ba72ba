import Type, { type Static } from 'typebox';
import type { SamlConfiguration as SamlRecord } from '../../domain/sign_in_rules/records.ts';
import { serviceProvider } from '../../domain/sign_in_rules/saml_messages.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';

export const Provisioning = Type.Enum(['off', 'members'], {
  description:
    '`off`: people come in who are in the organization already, or were invited. `members`: everybody of a verified domain, as a member.',
});

/** What a configuration is made of. */
export const SamlFields = {
  entrypoint: Type.String({
    maxLength: 4096,
    description: 'The https address of the identity provider to which browsers are sent.',
  }),
  certificate: Type.String({
    maxLength: 40_000,
    description: 'The signing certificate of the identity provider in PEM; up to three, one after another.',
  }),
  idp_entity_id: Type.String({ maxLength: 4096, description: 'How the identity provider calls itself.' }),
  sp_entity_id: Type.String({
    maxLength: 4096,
    description: 'How this server calls itself; the address of its metadata unless another is set.',
  }),
};

export const SamlConfiguration = Type.Object({
  ...SamlFields,
  active: Type.Boolean(),
  version: Type.Literal(2),
  provisioning: Provisioning,
});

/** A configuration on the wire. */
export function presentSaml(
  saml: SamlRecord,
  caller: AgentCaller,
  { settings }: Services,
): Static<typeof SamlConfiguration> {
  const { entityId } = serviceProvider(settings.publicUrl, caller.organization.id, saml.spEntityId);
  return {
    entrypoint: saml.entrypoint,
    certificate: saml.certificate,
    idp_entity_id: saml.idpEntityId,
    sp_entity_id: entityId,
    active: saml.active,
    version: 2,
    provisioning: saml.provisioning,
  };
}

/** A certificate of nobody, for examples. */
export const EXAMPLE_CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----',
  'MIICqTCCAZGgAwIBAgIBATANBgkqhkiG9w0BAQsFADAWMRQwEgYDVQQDEwtpZHAu',
  'ZXhhbXBsZTAeFw0yNTAxMDEwMDAwMDBaFw0zNTAxMDEwMDAwMDBaMBYxFDASBgNV',
  'BAMTC2lkcC5leGFtcGxlMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA',
  'raZK4nsyiDIevkvrTgpZxvuA8uY8oKOML+TKxx+AmbLiyOrecC94PRr/LAEAw02h',
  'N2hOLEoy+Wvi4h9lp/NRlfcjlPUzN2F9XPVT8KY6UGZ6ejpjd0HHdzce79NYJjGs',
  'w4W7nfIh8KP44AWlBeup5YvDX48XNwHg8E/uZiAfPm+DyvYdiSjp2ODhERKcevPS',
  'w7Q2zynJEa9DheggmQVIjH+srH4QcrCQemJppGbJK1We903bzbC4N9S016an7xyY',
  'bzj1Rg8OzJRAmp9Za+eM+gaJkWK+2TZ3hB13+IzpeLrqiSZiSCNMmP+2tVeQTbD0',
  'kRO+PryVx37J5378rff5eQIDAQABowIwADANBgkqhkiG9w0BAQsFAAOCAQEAbJZu',
  'solInyvZ5rfDKhbFEr2qYtOwUL0nGnajpD3kox0k//AiGSTox/OwZCyRSdod5I7o',
  'rptdRmIrJ0FurKCakLQDb9RGnjfi9dQY1cbxBb4UEZMAdNLXOGVsfaKoONmEX3Ic',
  'd13aL1J6/UtUrxEFUEOQ+QJL8M5wx9ljMrVkuOq6mCgMfhUbvdWQsdMoajJI56Oh',
  '1B69CewuhuUc7gFo6Ffz/a7Xd3u22i71BLsMxRBbXJgJrQYtzK9nHfxC4PkhBLo9',
  'jGiCBHJJOu1NoqY7aCteo60xpfcV4qe2lQmkS31Nsw3meA6dMLSbCTWWFrhxRGvw',
  'jpbl0hL2FWa0Qad6Ew==',
  '-----END CERTIFICATE-----',
].join('\n');
