import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Greeting } from '../server/domain/widget/greeting.ts';
import { english } from '../server/domain/widget/phrases_en.ts';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';

describe('the chat widget of an organization', () => {
  let chats: ChatWorld;
  let tom: CustomerCaller;
  const editor = () => ({
    licenseId: chats.organization.licenseId,
    accountId: chats.owner.accountId,
    actor: { ip: '', userAgent: '', requestId: '' },
  });
  const widget = () => chats.world.server.services.widget;
  before(async () => {
    chats = await openChatWorld();
    const { licenseId } = chats.organization;
    await chats.world.server.composition.storage.write(({ identity }) =>
      identity.addGroup(licenseId, { id: 1, name: 'Sales' }, chats.world.server.clock.now()),
    );
    chats.world.server.composition.forget();
    tom = await chats.customer();
  });
  after(() => chats.close());

  /** Reads by GET, without a token. */
  async function open(method: string, query: Record<string, string> = {}, headers: HeadersInit = {}) {
    const parameters = new URLSearchParams({ organization_id: chats.organization.id, ...query });
    const response = await fetch(`${chats.world.url}/v3.6/customer/action/${method}?${parameters}`, {
      headers,
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  describe('has forms', () => {
    it('of its own making, of group 0, or built in; a form that is off is not shown', async () => {
      const form = (group_id: number, type: string) => tom.call('get_form', { group_id, type });
      const builtIn = good(await form(1, 'prechat'));
      assert.equal(builtIn.enabled, true);
      assert.deepEqual(
        builtIn.form.fields.map(({ type }: { type: string }) => type),
        ['header', 'name', 'email'],
      );
      assert.deepEqual(good(await form(0, 'postchat')), { enabled: false });
      assert.equal(good(await form(0, 'ticket')).enabled, true);
      const own = {
        id: 'own',
        fields: [
          {
            id: 'g',
            type: 'group_chooser' as const,
            label: 'Whom?',
            required: true,
            options: [{ id: '0', label: 'Sales', group_id: 1 }],
          },
        ],
      };
      await widget().editing.setForm(editor(), 0, 'prechat', { enabled: true, form: own });
      assert.deepEqual(good(await form(1, 'prechat')), { enabled: true, form: own });
      await widget().editing.setForm(editor(), 1, 'prechat', { enabled: false, form: own });
      assert.deepEqual(good(await form(1, 'prechat')), { enabled: false });
      await widget().editing.removeForm(editor(), 1, 'prechat');
      await widget().editing.removeForm(editor(), 0, 'prechat');
      assert.deepEqual(good(await form(1, 'prechat')), builtIn);
    });

    it('that are refused where something is wrong', async () => {
      const set = (fields: unknown[]) =>
        widget().editing.setForm(editor(), 0, 'ticket', {
          enabled: true,
          form: { id: 'x', fields } as never,
        });
      await assert.rejects(set([]), /form\.fields/);
      await assert.rejects(set([{ id: 'a', type: 'select', label: 'L' }]), /options/);
      await assert.rejects(set([{ id: 'a', type: 'name', label: '' }]), /label/);
      await assert.rejects(
        set([
          { id: 'a', type: 'group_chooser', label: 'L', options: [{ id: '0', label: 'x', group_id: 9 }] },
        ]),
        /group 9/,
      );
      const twice = { id: 'a', type: 'name', label: 'L' };
      await assert.rejects(set([twice, twice]), /twice/);
      refused(await tom.call('get_form', { group_id: 9, type: 'prechat' }), 404, 'group_not_found');
      refused(await tom.call('get_form', { group_id: 0, type: 'other' }), 400, 'validation', /type/);
    });
  });

  describe('has a configuration', () => {
    it('that everybody reads, step by step, and keeps by its version', async () => {
      const dynamic = await open('get_dynamic_configuration');
      assert.equal(dynamic.headers.get('cache-control'), 'no-store');
      assert.equal(dynamic.headers.get('access-control-allow-origin'), '*');
      const { organization_id, livechat } = good(dynamic);
      assert.equal(organization_id, chats.organization.id);
      assert.deepEqual(
        { ...livechat, config_version: '', localization_version: '' },
        {
          group_id: 0,
          client_limit_exceeded: false,
          domain_allowed: true,
          online_group_ids: [0],
          config_version: '',
          localization_version: '',
          language: 'en',
        },
      );
      const version = livechat.config_version;
      const configuration = await open('get_configuration', { group_id: '0', version });
      assert.match(configuration.headers.get('cache-control') ?? '', /public.*immutable/);
      const { buttons, prechat_form, ticket_form, ...rest } = good(configuration);
      assert.equal(buttons.length, 1);
      assert.ok(prechat_form && ticket_form);
      assert.deepEqual(rest, { integrations: {}, properties: { group: {}, license: {} } });
      const localization = await open('get_localization', {
        group_id: '0',
        language: 'en',
        version: livechat.localization_version,
      });
      assert.deepEqual(good(localization), english);
      assert.match(localization.headers.get('cache-control') ?? '', /immutable/);

      await widget().editing.setSettings(editor(), 0, {
        buttons: [{ id: 'b', type: 'text', online_value: 'Hi', offline_value: 'Bye' }],
      });
      const later = good(await open('get_dynamic_configuration')).livechat;
      assert.notEqual(later.config_version, version);
      assert.equal(later.localization_version, livechat.localization_version);
      const stale = await open('get_configuration', { group_id: '0', version });
      refused(stale, 404, 'not_found', /get_dynamic_configuration/);
      assert.equal(stale.headers.get('cache-control'), 'no-store');
      await widget().editing.setSettings(editor(), 0, {});
      assert.equal(good(await open('get_dynamic_configuration')).livechat.config_version, version);
    });

    it('in which pages choose their group, and domains are trusted or not', async () => {
      await widget().editing.setSettings(editor(), -1, {
        language: 'de',
        trustedDomains: ['shop.example'],
        urlGroups: [{ url: 'shop.example/sales', operator: 'contains', groupId: 1 }],
      });
      const at = async (query: Record<string, string>) =>
        good(await open('get_dynamic_configuration', query)).livechat;
      const sales = await at({ url: 'https://www.shop.example/sales/1' });
      assert.deepEqual([sales.group_id, sales.domain_allowed, sales.language], [1, true, 'de']);
      assert.equal((await at({ url: 'https://www.shop.example/sales', group_id: '0' })).group_id, 0);
      assert.equal((await at({ url: 'https://notshop.example/' })).domain_allowed, false);
      assert.equal((await at({ url: 'https://shop.example.evil.example/' })).domain_allowed, false);
      assert.equal((await at({ url: 'shop.example' })).domain_allowed, true);
      assert.equal((await at({})).domain_allowed, true);
      await widget().editing.setSettings(editor(), -1, {});
    });

    it('whose phrases are built in for two languages, and can be had in own words', async () => {
      const phrases = async (language: string) => {
        const { localization_version: version } = good(await open('get_dynamic_configuration')).livechat;
        return good(await open('get_localization', { group_id: '0', language, version }));
      };
      const german = await phrases('de');
      assert.equal(german.Send, 'Senden');
      assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
      assert.deepEqual(await phrases('de-AT'), german);
      assert.deepEqual(await phrases('fr'), english);
      await widget().editing.setPhrases(editor(), -1, 'fr', { Send: 'Envoyer' });
      await widget().editing.setPhrases(editor(), 0, 'fr', { Cancel: 'Annuler' });
      assert.deepEqual(await phrases('fr-CA'), { ...english, Send: 'Envoyer', Cancel: 'Annuler' });
      assert.deepEqual(await phrases('de'), german);
      await widget().editing.setPhrases(editor(), -1, 'fr', {});
      await widget().editing.setPhrases(editor(), 0, 'fr', {});
      await assert.rejects(widget().editing.setPhrases(editor(), 0, 'x', {}), /language/);
    });

    it('that is not told for what is not there', async () => {
      const query = { group_id: '0', version: 'x' };
      refused(await open('get_dynamic_configuration', { group_id: '9' }), 404, 'group_not_found');
      refused(await open('get_dynamic_configuration', { group_id: 'x' }), 400, 'validation', /group_id/);
      refused(await open('get_dynamic_configuration', { test: 'maybe' }), 400, 'validation', /test/);
      refused(await open('get_configuration', { group_id: '0' }), 400, 'validation', /version/);
      refused(await open('get_localization', { ...query, language: '../x' }), 400, 'validation', /language/);
      for (const organization_id of [crypto.randomUUID(), 'x'])
        refused(await open('get_configuration', { ...query, organization_id }), 404, 'license_not_found');
      const missing = await fetch(`${chats.world.url}/v3.6/customer/action/get_dynamic_configuration`);
      assert.equal(missing.status, 400);
    });

    it('for which a token may come along, if it is good', async () => {
      good(await tom.read('get_dynamic_configuration'));
      refused(
        await open('get_dynamic_configuration', {}, { authorization: 'Bearer x' }),
        401,
        'authentication',
      );
      const other = await chats.world.organization('Other');
      refused(
        await tom.read('get_dynamic_configuration', { organization_id: other.id }),
        404,
        'license_not_found',
      );
      good(await tom.call('get_dynamic_configuration'));
      refused(await tom.read('get_form', { group_id: '0', type: 'prechat' }), 405, 'validation', /POST/);
    });
  });

  it('has goals that customers reach once, on a page or by a session field', async () => {
    const { editing } = widget();
    const bought = await editing.createGoal(editor(), {
      name: 'Bought',
      active: true,
      groupId: null,
      rule: { kind: 'url', url: 'shop.example/thanks', operator: 'contains' },
    });
    const gold = await editing.createGoal(editor(), {
      name: 'Gold',
      active: true,
      groupId: 1,
      rule: { kind: 'custom_variable', key: 'plan', value: 'gold' },
    });
    const off = {
      id: 0,
      name: 'Off',
      active: false,
      groupId: null,
      rule: { kind: 'url', url: '/', operator: 'contains' },
    } as const;
    const third = await editing.createGoal(editor(), off);
    assert.deepEqual([gold, third], [bought + 1, bought + 2]);
    const ann = await chats.customer();
    const achieved = () =>
      chats.world.server.composition.storage.read
        .visitors(chats.organization.licenseId)
        .achievedGoals(ann.id);
    const check = (page_url: string, group_id = 0, fields = {}) =>
      ann.call('check_goals', { page_url, group_id, session_fields: [{ a: 'b', ...fields }] });
    good(await check('https://shop.example/'));
    assert.deepEqual(await achieved(), []);
    good(await check('https://shop.example/', 0, { plan: 'gold' }));
    assert.deepEqual(await achieved(), []);
    good(await check('https://shop.example/', 1, { plan: 'gold' }));
    assert.deepEqual(await achieved(), [gold]);
    good(await check('https://www.shop.example/thanks?id=1'));
    good(await check('https://www.shop.example/thanks?id=1'));
    assert.deepEqual(await achieved(), [bought, gold]);
    const { statistics, visit } = good(await chats.agent('get_customer', { id: ann.id }));
    assert.equal(statistics.page_views_count, 5);
    assert.equal(visit.last_pages.at(-1).url, 'https://www.shop.example/thanks?id=1');

    refused(await check('javascript:alert(1)'), 400, 'validation', /page_url/);
    refused(await check('https://shop.example/', 9), 404, 'group_not_found');
    refused(await ann.call('check_goals', { page_url: 'https://a.example/' }), 400, 'validation');
    await editing.updateGoal(editor(), { ...off, id: third, name: 'Still off' });
    await editing.deleteGoal(editor(), third);
    await assert.rejects(editing.deleteGoal(editor(), third), /no goal/);
    await assert.rejects(editing.updateGoal(editor(), { ...off, id: third }), /no goal/);
    assert.equal(await editing.createGoal(editor(), off), third + 1);
  });

  describe('greets', () => {
    const greeting = (over: Partial<Greeting> = {}): Omit<Greeting, 'id'> => ({
      type: 'normal',
      active: true,
      activeFrom: null,
      activeUntil: null,
      name: 'Hello',
      groupId: 0,
      rules: [{ condition: 'and', type: 'visits_number', operator: 'greater_than', value: '1' }],
      properties: { addon: 'x' },
      richMessage: {
        template_id: 'quick_replies',
        elements: [{ buttons: [{ button_id: 'yes' }, { button_id: 'no' }] }],
      },
      ...over,
    });

    it('a customer, who sees it, clicks it or puts it away, and is counted once', async () => {
      const { greetings } = widget();
      const id = await greetings.create(editor(), greeting());
      const ann = await chats.customer();
      const bob = await chats.customer();
      const ref = { licenseId: chats.organization.licenseId, customerId: ann.id };
      const { uniqueId: unique_id } = await greetings.show(ref, id, chats.owner.email);
      const accept = { unique_id, greeting_id: id };
      good(await ann.call('accept_greeting', accept));
      good(await ann.call('accept_greeting', accept));
      const click = { greeting_unique_id: unique_id, button_id: 'yes' };
      good(await ann.call('send_greeting_button_clicked', click));
      good(await ann.call('send_greeting_button_clicked', click));
      good(await ann.call('cancel_greeting', { unique_id }));
      good(await ann.call('cancel_greeting', { unique_id }));
      const { statistics } = good(await chats.agent('get_customer', { id: ann.id }));
      assert.deepEqual([statistics.greetings_shown_count, statistics.greetings_accepted_count], [1, 1]);
      const stored = await chats.world.server.composition.storage.read
        .visitors(ref.licenseId)
        .shownGreeting(ann.id, unique_id);
      assert.ok(stored?.acceptedAt && stored.canceledAt);
      assert.deepEqual(stored?.clicks, ['yes']);

      refused(
        await ann.call('send_greeting_button_clicked', { ...click, button_id: 'maybe' }),
        400,
        'validation',
        /button_id/,
      );
      for (const [method, body] of [
        ['accept_greeting', { ...accept, greeting_id: id + 1 }],
        ['accept_greeting', { ...accept, unique_id: 'Q10X0W041P' }],
        ['cancel_greeting', { unique_id: 'Q10X0W041P' }],
        ['send_greeting_button_clicked', { ...click, greeting_unique_id: 'a\u0000b' }],
      ] as const)
        refused(await ann.call(method, body), 404, 'greeting_not_found');
      refused(await bob.call('accept_greeting', accept), 404, 'greeting_not_found');
      refused(await bob.call('cancel_greeting', { unique_id }), 404, 'greeting_not_found');
    });

    it('with what was made, changed and deleted', async () => {
      const { greetings } = widget();
      const { licenseId } = chats.organization;
      const id = await greetings.create(editor(), greeting());
      const ref = { licenseId, customerId: tom.id };
      await greetings.update(editor(), { ...greeting({ name: 'Bye', active: false }), id });
      assert.equal((await greetings.get(licenseId, id))?.name, 'Bye');
      await assert.rejects(greetings.show(ref, id, null), /active/);
      const now = chats.world.server.clock.now();
      await greetings.update(editor(), { ...greeting({ activeFrom: now + 10_000_000 }), id });
      await assert.rejects(greetings.show(ref, id, null), /active/);
      await greetings.update(editor(), { ...greeting({ activeUntil: now + 600_000_000 }), id });
      const { uniqueId } = await greetings.show(ref, id, null);
      await greetings.delete(editor(), id);
      await assert.rejects(greetings.delete(editor(), id), /no greeting/);
      await assert.rejects(greetings.update(editor(), { ...greeting(), id }), /no greeting/);
      await assert.rejects(greetings.show(ref, id, null), /active/);
      good(await tom.call('accept_greeting', { unique_id: uniqueId, greeting_id: id }));
      assert.ok(!(await greetings.list(licenseId, { limit: 100 })).some((one) => one.id === id));
      assert.equal(await greetings.create(editor(), greeting()), id + 1);
      await assert.rejects(greetings.create(editor(), greeting({ groupId: 9 })), /group/);
      await assert.rejects(
        greetings.create(editor(), greeting({ rules: Array(11).fill(greeting().rules[0]) })),
        /rules/,
      );
      await assert.rejects(greetings.create(editor(), greeting({ name: '' })), /name/);
    });

    it('with a welcome message, and the agent who will answer', async () => {
      const welcomed = good(await tom.call('request_welcome_message', { id: 'w1' }));
      assert.equal(welcomed.id, 'w1');
      assert.equal(welcomed.queue, false);
      assert.deepEqual(welcomed.predicted_agent, good(await tom.call('get_predicted_agent')).agent);
      assert.match(good(await tom.call('request_welcome_message')).id, /^[0-9a-f-]{36}$/);
      refused(await tom.call('request_welcome_message', { group_id: 1 }), 409, 'group_offline');
      refused(await tom.call('request_welcome_message', { group_id: 9 }), 404, 'group_not_found');
      const ref = { licenseId: chats.organization.licenseId, customerId: tom.id };
      const before = await widget().reads.welcomeMessage(ref, {});
      assert.equal(before.text, english.Welcome_message);
      await widget().editing.setSettings(editor(), -1, { welcomeMessage: 'Moin' });
      assert.equal((await widget().reads.welcomeMessage(ref, {})).text, 'Moin');
    });
  });
});
