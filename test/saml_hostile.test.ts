import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  newSigningKey,
  type Question,
  type ResponseParts,
  signElement,
} from './support/identity_provider.ts';
import { openSamlWorld, type SamlWorld } from './support/saml_world.ts';

const VICTIM = 'victoria@acme.example';

/** The assertion element of a response, signature and all. */
function assertionOf(xml: string): string {
  return /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
}

/** The same for its signature. */
function signatureOf(xml: string): string {
  return /<ds:Signature [\s\S]*?<\/ds:Signature>/.exec(xml)?.[0] ?? '';
}

/** What an attacker writes: somebody else's name, no signature, an id of its own. */
function forged(assertion: string, id = '_forged'): string {
  return assertion
    .replace(signatureOf(assertion), '')
    .replace(/ ID="[^"]*"/, ` ID="${id}"`)
    .replaceAll('mallory@acme.example', VICTIM);
}

describe('an answer that is not the identity provider’s word', () => {
  let saml: SamlWorld;
  before(async () => {
    saml = await openSamlWorld({ provisioning: 'members' });
    for (const email of [VICTIM, 'mallory@acme.example'])
      await saml.world.person(saml.acme, { account: 'member', email });
  });
  after(() => saml.close());

  const mallory = (question: Question, parts: Partial<ResponseParts> = {}) =>
    saml.response(question, { email: 'mallory@acme.example', ...parts });

  /** Nobody is signed in, and the refusal says why. */
  async function refused(xml: string, why: RegExp, told = ''): Promise<void> {
    const answer = await saml.post(xml);
    assert.equal(answer.status, 401, `${told}: ${answer.status} ${answer.location ?? ''}`);
    const text = answer.text.replaceAll('&quot;', '"').replaceAll('&#39;', "'");
    assert.match(text, why, told);
    assert.equal(
      answer.headers.getSetCookie().find((line) => /session/.test(line)),
      undefined,
    );
  }

  it('is refused where something in it is wrong, with the reason in words', async () => {
    const stranger = await newSigningKey();
    const table: [string, Partial<ResponseParts>, RegExp][] = [
      ['unsigned', { sign: 'nothing' }, /not signed by the key/],
      ['signed by another key', { key: stranger }, /not signed by the key/],
      ['only the response signed', { sign: 'response' }, /not signed by the key/],
      ['SHA-1', { algorithms: { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } }, /rsa-sha1/],
      ['SHA-1 digest', { algorithms: { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' } }, /xmldsig#sha1/],
      ['another issuer', { issuer: 'https://evil.example' }, /is from "https:\/\/evil\.example"/],
      [
        'another audience',
        { audience: 'https://other.example/metadata' },
        /meant for "https:\/\/other\.example/,
      ],
      [
        'another recipient',
        { recipient: 'https://other.example/acs' },
        /for "https:\/\/other\.example\/acs"/,
      ],
      ['another destination', { destination: 'https://other.example/acs' }, /was sent to/],
      ['expired', { notOnOrAfter: -180 }, /good until/],
      ['not good yet', { notBefore: 180 }, /good from/],
      ['a question of nobody', { inResponseTo: '_nobody_asked' }, /did not ask/],
      [
        'a failure',
        { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
        /provider refused: Responder/,
      ],
      ['no address', { nameIdXml: 'x8231' }, /no e-mail address/],
    ];
    for (const [told, parts, why] of table)
      await refused(mallory(await saml.ask(saml.world.stranger()), parts), why, told);
  });

  it('is good within two minutes of a clock that is off', async () => {
    for (const parts of [{ notOnOrAfter: -100 }, { notBefore: 100 }, { sign: 'both' } as const]) {
      const done = await saml.signIn(saml.world.stranger(), { email: 'mallory@acme.example', ...parts });
      assert.equal(done.location, '/console');
    }
  });

  it('is refused when it answers a question of another organization, or comes to its address', async () => {
    const other = await saml.world.organization('Other');
    const mate = await saml.world.person(other);
    const editor = { ...saml.editor, licenseId: other.licenseId, accountId: mate.accountId };
    const rules = saml.world.server.services.signInRules;
    await rules.saml.create(editor, {
      entrypoint: 'https://idp.example/sso',
      certificate: saml.key.certificate,
      idpEntityId: 'https://idp.example/metadata',
      spEntityId: null,
      provisioning: 'members',
    });
    await rules.loginMethods.release(editor, 'saml').catch(() => {});
    const question = await saml.ask(saml.world.stranger());
    const answer = await saml.post(mallory(question), other.id);
    assert.equal(answer.status, 401);
    assert.match(answer.text, /did not ask/);
    assert.equal((await saml.post(mallory(question))).status, 303, 'and was not used up by it');
  });

  it('has no comment, document type or entity in it, whoever signed them', async () => {
    const evil = `${VICTIM}<!-- -->.evil.example`;
    const ask = () => saml.ask(saml.world.stranger());
    await refused(mallory(await ask(), { nameIdXml: evil }), /contains a comment/);
    const escaped = mallory(await ask(), { nameIdXml: `${VICTIM}&lt;!-- --&gt;.evil.example` });
    await refused(escaped, /no e-mail address/);
    const cut = mallory(await ask(), { nameIdXml: `${VICTIM}<saml:x/>.evil.example` });
    await refused(cut, /no e-mail address/);
    const xml = mallory(await ask());
    for (const head of [
      '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">',
      '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
      '<?xml version="1.0"?><!-- hello -->',
      '<?xml-stylesheet href="x"?>',
    ])
      await refused(head + xml, /contains a (comment|processing)/, head);
    await refused(xml.replace('<saml:Subject>', '<saml:Subject><![CDATA[x]]>'), /contains a comment/);
    await refused(xml.replace('<saml:Subject>', '<saml:Subject><é:Assertion/>'), /not a SAML response/);
  });

  it('does not come through with a forged assertion around, beside or inside the signed one', async () => {
    const ask = () => saml.ask(saml.world.stranger());
    const variants: [string, (xml: string) => string][] = [
      ['beside, before', (xml) => xml.replace(assertionOf(xml), forged(assertionOf(xml)) + assertionOf(xml))],
      ['beside, after', (xml) => xml.replace(assertionOf(xml), assertionOf(xml) + forged(assertionOf(xml)))],
      [
        'around: the signed one in the forged one',
        (xml) => {
          const signed = assertionOf(xml);
          return xml.replace(
            signed,
            forged(signed).replace('</saml:Assertion>', `${signed}</saml:Assertion>`),
          );
        },
      ],
      [
        'around, with the signature moved out',
        (xml) => {
          const signed = assertionOf(xml);
          const signature = signatureOf(signed);
          const inner = signed.replace(signature, '');
          const outer = forged(signed).replace('<saml:Subject>', `${signature}<saml:Subject>`);
          return xml.replace(signed, outer.replace('</saml:Assertion>', `${inner}</saml:Assertion>`));
        },
      ],
      [
        'inside the signature, in an Object',
        (xml) => {
          const signed = assertionOf(xml);
          const signature = signatureOf(signed);
          const inner = signed.replace(signature, '');
          const holding = signature.replace(
            '</ds:Signature>',
            `<ds:Object>${inner}</ds:Object></ds:Signature>`,
          );
          return xml.replace(signed, forged(signed).replace('<saml:Subject>', `${holding}<saml:Subject>`));
        },
      ],
      [
        'in the extensions of the response',
        (xml) => {
          const signed = assertionOf(xml);
          const extensions = `<samlp:Extensions>${signed}</samlp:Extensions>`;
          return xml.replace(signed, forged(signed)).replace('<samlp:Status>', `${extensions}<samlp:Status>`);
        },
      ],
      [
        'the same id twice',
        (xml) => {
          const signed = assertionOf(xml);
          const id = / ID="([^"]*)"/.exec(signed)?.[1] ?? '';
          return xml.replace(signed, forged(signed, id) + signed);
        },
      ],
      [
        'a response in a response',
        (xml) => {
          const outer = xml.replace(assertionOf(xml), forged(assertionOf(xml)));
          return outer.replace('</samlp:Response>', `${xml}</samlp:Response>`);
        },
      ],
      ['the signed name changed', (xml) => xml.replaceAll('mallory@acme.example', VICTIM)],
      [
        'the digest taken from elsewhere',
        (xml) => xml.replace(/<ds:DigestValue>[^<]*</, '<ds:DigestValue>AAAA<'),
      ],
      ['two signatures', (xml) => signElement(xml, 'Assertion', saml.key)],
      [
        'an empty reference, which would mean the document',
        (xml) => xml.replace(/<ds:Reference URI="[^"]*">/, '<ds:Reference URI="">'),
      ],
      [
        'a transform that picks another part',
        (xml) => xml.replace('xmldsig#enveloped-signature', 'REC-xpath-19991116'),
      ],
      [
        'an assertion that is not of SAML beside it',
        (xml) =>
          xml.replace(
            assertionOf(xml),
            `${forged(assertionOf(xml)).replaceAll('saml:', 'x:').replace('xmlns:saml', 'xmlns:x')}${assertionOf(xml)}`,
          ),
      ],
    ];
    for (const [told, wrap] of variants) {
      const xml = mallory(await ask());
      assert.equal(await statusOf(wrap(xml)), 401, told);
    }
  });

  async function statusOf(xml: string): Promise<number> {
    return (await saml.post(xml)).status;
  }

  it('is no other kind of thing', async () => {
    const post = (SAMLResponse: string) =>
      saml.world.stranger().post(`/saml/${saml.acme.id}/acs`, { SAMLResponse });
    for (const text of ['', '%%%', 'A'.repeat(250_000), Buffer.from('<a').toString('base64'), 'gIGC'])
      assert.equal((await post(text)).status, 401, text.slice(0, 20));
    const deep = `<samlp:Response InResponseTo="x">${'<a>'.repeat(20_000)}`;
    assert.equal((await post(Buffer.from(deep).toString('base64'))).status, 401);
    const missing = await saml.world
      .stranger()
      .post(`/saml/${crypto.randomUUID()}/acs`, { SAMLResponse: 'PHg+' });
    assert.equal(missing.status, 404);
    const question = await saml.ask(saml.world.stranger());
    const unasked = mallory(question).replace(/ InResponseTo="[^"]*"/, '');
    const answer = await saml.post(unasked);
    assert.match(answer.text, /begins on this server/);
  });

  it('is written down with its reason, and slows down who sends many', async () => {
    const rows = await saml.world.server.composition.database.read.query((db) =>
      db.selectFrom('audit_log').select('detail').where('action', '=', 'saml.refused'),
    );
    const problems = new Set(rows.map(({ detail }) => JSON.parse(detail).problem));
    for (const problem of ['signature', 'audience', 'expired', 'markup_declaration', 'in_response_to'])
      assert.ok(problems.has(problem), problem);
    let status = 401;
    for (let n = 0; n < 100 && status === 401; n++) status = await statusOf('<x/>');
    assert.equal(status, 429);
  });
});
