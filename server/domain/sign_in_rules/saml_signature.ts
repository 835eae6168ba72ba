import { certificatesOf } from './saml_fields.ts';
import { SamlRefusal } from './saml_refusal.ts';

/**
 * Checks that the assertion of a response is signed by one of the certificates, and gives the signed element alone:
 * what stands beside it, or around it, was signed by nobody (signature wrapping). What it says is judged elsewhere,
 * by the server's clock. The library is large, so that it is loaded for the first answer.
 * @throws SamlRefusal `signature`
 */
export async function signedAssertion(
  encoded: string,
  { certificate, recipient, audience }: { certificate: string; recipient: string; audience: string },
): Promise<unknown> {
  const { SAML } = await import('@node-saml/node-saml');
  const saml = new SAML({
    idpCert: certificatesOf(certificate),
    callbackUrl: recipient,
    issuer: audience,
    wantAssertionsSigned: true,
    // Many providers sign the assertion alone; a signature of the response would be one more, and none instead.
    wantAuthnResponseSigned: false,
    audience: false,
    acceptedClockSkewMs: -1,
  });
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded });
    const assertion: unknown = profile?.getAssertion?.();
    if (assertion !== undefined) return assertion;
  } catch {
    // The library's words differ with the place at which it gave up; what is wrong for the person does not.
  }
  throw new SamlRefusal(
    'signature',
    'The assertion is not signed by the key of the configured certificate. Have the identity provider sign the assertion, and compare the certificates.',
  );
}
