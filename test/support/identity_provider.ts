import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';

export interface SigningKey {
  privateKey: string;
  certificate: string;
}

/** What a question says, as the provider reads it from the address that the browser was sent to. */
export interface Question {
  id: string;
  acsUrl: string;
  spEntityId: string;
  forceAuthn: boolean;
  issueInstant: string;
}

/** What a response is made of; the defaults make a right one. */
export interface ResponseParts {
  question: Question;
  email: string;
  now: number;
  issuer?: string;
  audience?: string;
  recipient?: string;
  destination?: string;
  inResponseTo?: string;
  assertionId?: string;
  /** Seconds from now. */
  notBefore?: number;
  notOnOrAfter?: number;
  authnInstant?: number;
  /** Put into the NameID as it is, markup and all. */
  nameIdXml?: string;
  attributes?: Record<string, string>;
  key?: SigningKey;
  sign?: 'assertion' | 'response' | 'both' | 'nothing';
  algorithms?: { signature?: string; digest?: string };
  status?: string;
}

const SIGNATURE = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const DIGEST = 'http://www.w3.org/2001/04/xmlenc#sha256';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** A key pair with a certificate that it signed itself. */
export async function newSigningKey(bits = 2048): Promise<SigningKey> {
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: bits };
  const keys = await crypto.subtle.generateKey(
    { ...algorithm, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=idp.example',
    notBefore: new Date('2025-01-01'),
    notAfter: new Date('2035-01-01'),
    signingAlgorithm: algorithm,
    keys,
  });
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    privateKey: ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n'),
    certificate: certificate.toString('pem'),
  };
}

/** Reads the question in an address of the redirect binding. */
export function readQuestion(address: string): Question {
  const encoded = new URL(address).searchParams.get('SAMLRequest') ?? '';
  const xml = inflateRawSync(Buffer.from(encoded, 'base64')).toString('utf8');
  const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? '';
  return {
    id: attribute('ID'),
    acsUrl: attribute('AssertionConsumerServiceURL'),
    spEntityId: /<saml:Issuer>([^<]*)</.exec(xml)?.[1] ?? '',
    forceAuthn: attribute('ForceAuthn') === 'true',
    issueInstant: attribute('IssueInstant'),
  };
}

export const IDP_ENTITY_ID = 'https://idp.example/metadata';

/** The XML of a response, signed as its parts say. */
export function responseXml(parts: ResponseParts, key: SigningKey): string {
  const { question, now, sign = 'assertion', audience = question.spEntityId } = parts;
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const { recipient = question.acsUrl, inResponseTo = question.id, notOnOrAfter = 300 } = parts;
  const assertionId = parts.assertionId ?? `_a${randomBytes(16).toString('hex')}`;
  const responseId = `_r${randomBytes(16).toString('hex')}`;
  const issuer = `<saml:Issuer>${parts.issuer ?? IDP_ENTITY_ID}</saml:Issuer>`;
  const attributes = Object.entries(parts.attributes ?? {})
    .map(
      ([name, value]) =>
        `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
    )
    .join('');
  const assertion = [
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${assertionId}" Version="2.0" IssueInstant="${at(0)}">`,
    issuer,
    '<saml:Subject>',
    `<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${parts.nameIdXml ?? parts.email}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml:SubjectConfirmationData InResponseTo="${inResponseTo}" Recipient="${recipient}" NotOnOrAfter="${at(notOnOrAfter)}"/>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${at(parts.notBefore ?? -5)}" NotOnOrAfter="${at(notOnOrAfter)}">`,
    `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${at(parts.authnInstant ?? 0)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    attributes === '' ? '' : `<saml:AttributeStatement>${attributes}</saml:AttributeStatement>`,
    '</saml:Assertion>',
  ].join('');
  const status = parts.status ?? 'urn:oasis:names:tc:SAML:2.0:status:Success';
  const xml = [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${responseId}" Version="2.0" IssueInstant="${at(0)}" Destination="${parts.destination ?? question.acsUrl}" InResponseTo="${inResponseTo}">`,
    issuer,
    `<samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status>`,
    assertion,
    '</samlp:Response>',
  ].join('');
  const signer = parts.key ?? key;
  const { algorithms } = parts;
  const signedAssertion =
    sign === 'assertion' || sign === 'both' ? signElement(xml, 'Assertion', signer, algorithms) : xml;
  return sign === 'response' || sign === 'both'
    ? signElement(signedAssertion, 'Response', signer, algorithms)
    : signedAssertion;
}

/** Puts an enveloped signature after the issuer of an element. */
export function signElement(
  xml: string,
  name: 'Assertion' | 'Response',
  key: SigningKey,
  algorithms: ResponseParts['algorithms'] = {},
): string {
  const element = `//*[local-name(.)='${name}']`;
  const signed = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: algorithms.signature ?? SIGNATURE,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  signed.addReference({
    xpath: element,
    digestAlgorithm: algorithms.digest ?? DIGEST,
    transforms: [ENVELOPED, EXCLUSIVE],
  });
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signed.getSignedXml();
}

export function encodeResponse(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64');
}

/** A provider with a page for a browser: whoever comes is signed in as this person, by a form with a button. */
export async function serveIdentityProvider(
  key: SigningKey,
  options: { email: () => string; now: () => number; host?: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    // Browsers ask for a picture of the site, too.
    if (!request.url?.includes('SAMLRequest')) return response.writeHead(404).end();
    const question = readQuestion(`http://idp.example${request.url ?? '/'}`);
    const xml = responseXml({ question, email: options.email(), now: options.now() }, key);
    response.writeHead(200, { 'content-type': 'text/html' });
    return response.end(
      `<!doctype html><html lang="en"><title>Identity provider</title><form method="post" action="${question.acsUrl}"><input type="hidden" name="SAMLResponse" value="${encodeResponse(xml)}"><button>Sign in at the provider</button></form></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}/sso`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
