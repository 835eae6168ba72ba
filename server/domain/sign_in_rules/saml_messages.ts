import { deflateRawSync } from 'node:zlib';
import { MICROS_PER_SECOND, type Micros } from '../../kernel/clock.ts';

/** What this server is to the identity provider of an organization. */
export interface ServiceProvider {
  entityId: string;
  /** Where answers are sent to. */
  acsUrl: string;
  metadataUrl: string;
}

/** @param publicUrl the server's address, without a slash at the end */
export function serviceProvider(
  publicUrl: string,
  organizationId: string,
  spEntityId: string | null,
): ServiceProvider {
  const base = `${publicUrl}/saml/${organizationId}`;
  return {
    entityId: spEntityId ?? `${base}/metadata`,
    acsUrl: `${base}/acs`,
    metadataUrl: `${base}/metadata`,
  };
}

const NAME_ID_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

/**
 * The address to send a browser to: the provider's, with the question (SAML bindings §3.4, redirect binding).
 * @param question.id of the question, which the answer has to name
 */
export function authnRequestUrl(
  entrypoint: string,
  provider: ServiceProvider,
  question: { id: string; now: Micros; force: boolean },
): string {
  const { entityId, acsUrl } = provider;
  const instant = new Date((question.now / MICROS_PER_SECOND) * 1000).toISOString();
  const xml = [
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"',
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="${escaped(question.id)}" Version="2.0" IssueInstant="${instant}"`,
    ` Destination="${escaped(entrypoint)}" AssertionConsumerServiceURL="${escaped(acsUrl)}"`,
    ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"',
    question.force ? ' ForceAuthn="true">' : '>',
    `<saml:Issuer>${escaped(entityId)}</saml:Issuer>`,
    `<samlp:NameIDPolicy Format="${NAME_ID_FORMAT}" AllowCreate="true"/>`,
    '</samlp:AuthnRequest>',
  ].join('');
  const url = new URL(entrypoint);
  url.searchParams.set('SAMLRequest', deflateRawSync(xml).toString('base64'));
  return url.href;
}

/** What identity providers read to set themselves up (SAML metadata §2.4.4). */
export function spMetadata({ entityId, acsUrl }: ServiceProvider): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escaped(entityId)}">`,
    '  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    `    <md:NameIDFormat>${NAME_ID_FORMAT}</md:NameIDFormat>`,
    `    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escaped(acsUrl)}" index="0" isDefault="true"/>`,
    '  </md:SPSSODescriptor>',
    '</md:EntityDescriptor>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
  return text.replace(/[<>&"]/g, (character) => entities[character] ?? character);
}
