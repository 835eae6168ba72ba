import { SamlRefusal } from './saml_refusal.ts';

/** What the response says outside of its signed part: nobody vouches for it, so that it can only refuse. */
export interface SamlEnvelope {
  xml: string;
  inResponseTo: string;
  destination: string | undefined;
}

const LARGEST = 192 * 1024;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Signatures, digests and transforms that are taken; SHA-1 and keyed hashes are not (RFC 9231, NIST SP 800-131A). */
const ALGORITHMS: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
]);

const STATUS_OK = 'urn:oasis:names:tc:SAML:2.0:status:Success';
/** Tags and their attributes, where there are no comments, sections and declarations in which one could hide. */
const START_TAG =
  /<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/g;
const END_TAG = /<\/[A-Za-z_][\w.:-]*\s*>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Judges the text of a response before any XML reader sees it. Markup declarations have no place in SAML: without
 * document types there are no entities (XXE, expansion), without comments no name that one reader sees whole and
 * another in halves.
 * @throws SamlRefusal
 */
export function readEnvelope(encoded: string): SamlEnvelope {
  if (encoded.length > LARGEST)
    throw new SamlRefusal('too_large', `The response has more than ${LARGEST} characters.`);
  if (!BASE64.test(encoded))
    throw new SamlRefusal('not_base64', 'SAMLResponse is not base64: the POST binding is expected here.');
  const xml = decode(encoded);
  const body = xml.replace(/^\s*<\?xml [^<>]*\?>/, '');
  if (body.includes('<!'))
    throw new SamlRefusal(
      'markup_declaration',
      'The response contains a comment, a document type or another declaration ("<!"). None belongs into SAML.',
    );
  if (body.includes('<?'))
    throw new SamlRefusal('markup_declaration', 'The response contains a processing instruction ("<?").');
  const tags = [...body.matchAll(START_TAG)].map(([, name = '', attributes = '']) => ({
    name: name.slice(name.indexOf(':') + 1),
    attributes: attributesOf(attributes),
  }));
  const [root] = tags;
  // Whatever was not read as a tag here could be one to somebody else.
  const read = tags.length + (body.match(END_TAG)?.length ?? 0);
  const whole = body.split('<').length - 1 === read;
  if (root?.name !== 'Response' || !whole || !/^\s*</.test(body))
    throw new SamlRefusal('not_a_response', 'SAMLResponse is not a SAML response.');
  refuseStatus(tags, body);
  const count = (name: string) => tags.filter((tag) => tag.name === name).length;
  if (count('EncryptedAssertion') + count('EncryptedID') + count('EncryptedAttribute') > 0)
    throw new SamlRefusal(
      'encrypted',
      'The assertion is encrypted, and this server has no key to open it. Turn encryption off at the identity provider: the connection is encrypted.',
    );
  if (count('Assertion') !== 1)
    throw new SamlRefusal(
      'assertion_count',
      `The response has ${count('Assertion')} assertions; it needs one.`,
    );
  for (const { attributes } of tags) {
    const algorithm = attributes.get('Algorithm');
    if (algorithm !== undefined && !ALGORITHMS.has(algorithm))
      throw new SamlRefusal(
        'weak_algorithm',
        `The response uses ${algorithm.slice(0, 120)}. Have it signed by RSA with SHA-256, exclusive canonicalization and no other transforms.`,
      );
  }
  const inResponseTo = root.attributes.get('InResponseTo');
  if (inResponseTo === undefined)
    throw new SamlRefusal(
      'in_response_to',
      'The response answers no question (it has no InResponseTo). Sign-in begins on this server, and not at the identity provider.',
    );
  return { xml, inResponseTo, destination: root.attributes.get('Destination') };
}

function decode(encoded: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    throw new SamlRefusal('not_base64', 'SAMLResponse is not UTF-8 text in base64.');
  }
}

function attributesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', a, b]) => [name, plain(a ?? b ?? '')] as const),
  );
}

/** The five entities that XML has without a document type; numbers stay as they are, and match nothing. */
function plain(value: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return value.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Providers do not sign failures; that one is believed opens nothing. */
function refuseStatus(tags: { name: string; attributes: Map<string, string> }[], body: string): void {
  const codes = tags
    .filter(({ name }) => name === 'StatusCode')
    .map((tag) => tag.attributes.get('Value') ?? '');
  if (codes[0] === STATUS_OK) return;
  const said = /<(?:[\w.-]+:)?StatusMessage>([^<]{1,200})</.exec(body)?.[1];
  const code = codes.map((one) => one.slice(one.lastIndexOf(':') + 1)).join(', ') || 'no status';
  throw new SamlRefusal(
    'status',
    `The identity provider refused: ${code.slice(0, 120)}${said === undefined ? '.' : ` (${said}).`}`,
  );
}
