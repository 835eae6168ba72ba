import assert from 'node:assert/strict';
import { recordOf } from '../../server/domain/sign_in_rules/domain_rules.ts';
import type { Provisioning } from '../../server/domain/sign_in_rules/records.ts';
import type { Browser, PageAnswer } from './browser_session.ts';
import { engines, type TestEngine } from './databases.ts';
import {
  encodeResponse,
  IDP_ENTITY_ID,
  newSigningKey,
  type Question,
  type ResponseParts,
  readQuestion,
  responseXml,
  type SigningKey,
} from './identity_provider.ts';
import { type Organization, openWorld, type Person, type World } from './world.ts';

const ACTOR = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };

/** A server with an organization that has a proven domain and an active identity provider. */
export interface SamlWorld {
  world: World;
  acme: Organization;
  owner: Person;
  key: SigningKey;
  /** TXT records by name: what the DNS says. */
  dns: Map<string, string[]>;
  editor: { licenseId: number; accountId: string; actor: typeof ACTOR };
  /** Adds a domain and proves it. */
  prove(domain: string, editor?: SamlWorld['editor']): Promise<string>;
  /** Begins a sign-in. @returns what the provider is asked */
  ask(browser: Browser, more?: Record<string, string>): Promise<Question>;
  /** The XML of an answer to a question. */
  response(question: Question, parts?: Partial<ResponseParts>): string;
  /** Posts an answer, as the browser does that comes from the provider's page: without cookies. */
  post(xml: string, organizationId?: string): Promise<PageAnswer>;
  /** A whole sign-in. @returns the answer to its last step */
  signIn(
    browser: Browser,
    parts?: Partial<ResponseParts>,
    more?: Record<string, string>,
  ): Promise<PageAnswer>;
  close(): Promise<void>;
}

export async function openSamlWorld(
  options: { engine?: TestEngine; provisioning?: Provisioning; flags?: string[] } = {},
): Promise<SamlWorld> {
  const dns = new Map<string, string[]>();
  const world = await openWorld(options.engine ?? engines.sqlite, options.flags, {
    resolveTxt: async (name) => ({ kind: 'records', records: (dns.get(name) ?? []).map((value) => [value]) }),
  });
  const acme = await world.organization('Acme');
  const owner = await world.person(acme, { email: 'olivia@acme.example' });
  const key = await newSigningKey();
  const editor = { licenseId: acme.licenseId, accountId: owner.accountId, actor: ACTOR };
  const rules = world.server.services.signInRules;

  async function prove(domain: string, by = editor): Promise<string> {
    const added = await rules.domains.add(by, domain);
    const { name, value } = recordOf(added);
    dns.set(name, [...(dns.get(name) ?? []), value]);
    const checked = await rules.domains.check(by, added.id);
    assert.notEqual(checked.verifiedAt, null);
    return added.id;
  }

  async function ask(browser: Browser, more: Record<string, string> = {}): Promise<Question> {
    const query = new URLSearchParams({ organization_id: acme.id, ...more });
    const answer = await browser.get(`/signin/saml?${query}`);
    assert.equal(answer.status, 303, answer.text);
    return readQuestion(answer.location ?? '');
  }

  const response = (question: Question, parts: Partial<ResponseParts> = {}): string =>
    responseXml({ question, email: 'ann@acme.example', now: world.server.clock.now() / 1000, ...parts }, key);

  const post = (xml: string, organizationId = acme.id): Promise<PageAnswer> =>
    world.stranger().post(`/saml/${organizationId}/acs`, { SAMLResponse: encodeResponse(xml) });

  await prove('acme.example');
  await rules.saml.create(editor, {
    entrypoint: 'https://idp.example/sso',
    certificate: key.certificate,
    idpEntityId: IDP_ENTITY_ID,
    spEntityId: null,
    provisioning: options.provisioning ?? 'off',
  });
  await rules.loginMethods.enforce(editor, 'saml');
  await rules.loginMethods.release(editor, 'saml');

  return {
    world,
    acme,
    owner,
    key,
    dns,
    editor,
    prove,
    ask,
    response,
    post,
    async signIn(browser, parts = {}, more = {}) {
      const posted = await post(response(await ask(browser, more), parts));
      if (posted.location === undefined) return posted;
      return browser.get(posted.location);
    },
    close: () => world.close(),
  };
}
