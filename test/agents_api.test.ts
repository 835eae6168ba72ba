import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';
import { type Person, tokensFor } from './support/world.ts';

const SCOPES = [
  'chats--all:rw',
  'customers:own',
  'agents--all:rw',
  'accounts--all:rw',
  'accounts--my:rw',
  'accounts.roles.lc--all:rw',
  'groups--all:rw',
];

let people = 0;
const somebody = (): string => `agent${++people}.${crypto.randomUUID().slice(0, 8)}@example.test`;

eachEngine((engine) => {
  describe('agents by the Configuration API', () => {
    let bed: ChatWorld;
    let owner: string;
    before(async () => {
      bed = await openChatWorld(engine, [], SCOPES);
      owner = await bearer(bed.owner, SCOPES);
    });
    after(() => bed.close());

    async function bearer(person: Person, scopes: string[]): Promise<string> {
      const app = await bed.world.app(bed.owner, bed.organization, { scopes });
      return `Bearer ${(await tokensFor(bed.world, person, app)).access_token}`;
    }
    const call = (name: string, body: unknown = {}, as = owner) =>
      bed.world.call(`/v3.6/configuration/action/${name}`, body, as);
    const agent = async (id: string, ...fields: string[]) => good(await call('get_agent', { id, fields }));
    const create = async (form: object = {}): Promise<string> =>
      good(await call('create_agent', { id: somebody(), name: 'Grace Hopper', ...form })).id;
    const group = async (name = crypto.randomUUID()): Promise<number> =>
      good(await call('create_group', { name, agent_priorities: {} })).id;
    const member = (
      role: 'member' | 'administrator' = 'member',
      chat: 'normal' | 'administrator' = 'normal',
    ) => bed.world.person(bed.organization, { account: role, chat, groups: [0] });
    const mails = () => bed.world.server.services.identity.outbox.latest(50);
    const predicted = async (groups: number[]) =>
      (await bed.world.server.services.customers.availability.predict(bed.organization.licenseId, groups))
        .agent?.id;

    it('are made with all that is told of them, and get a mail to choose a password', async () => {
      const sales = await group();
      const form = {
        role: 'administrator',
        login_status: 'accepting chats',
        job_title: 'Support Hero',
        mobile: '+48 123 456 789',
        max_chats_count: 3,
        groups: [{ id: sales, priority: 'first' }],
        notifications: ['new_visitor', 'ticket'],
        email_subscriptions: ['weekly_summary'],
        work_scheduler: {
          timezone: 'Europe/Warsaw',
          schedule: [{ day: 'monday', enabled: true, start: '08:00', end: '24:00' }],
        },
      };
      const id = await create(form);
      const made = await agent(
        id,
        ...Object.keys(form).filter((key) => !/role|login/.test(key)),
        'awaiting_approval',
      );
      const { account_id, avatar, name, ...told } = made;
      assert.match(account_id, /^[0-9a-f-]{36}$/);
      assert.equal(name, 'Grace Hopper');
      assert.deepEqual(told, { id, ...form, awaiting_approval: false });
      const mail = (await mails()).find(({ recipient }) => recipient === id);
      const link = /https?:\/\/\S+reset-password\S+/.exec(mail?.text ?? '')?.[0] ?? '';
      assert.equal((await fetch(link)).status, 200, link);
    });

    it('are invited where they have an account already, and are agents when they accept', async () => {
      const elsewhere = await bed.world.organization('Initech');
      const guest = await bed.world.person(elsewhere);
      const sales = await group();
      const form = { name: 'X', job_title: 'Guest', groups: [{ id: sales, priority: 'last' }] };
      await create({ id: guest.email, ...form });
      refused(await call('get_agent', { id: guest.email }), 404, 'not_found');
      const mail = (await mails()).find(({ recipient }) => recipient === guest.email);
      const token = /token=([^\s&]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      const { services } = bed.world.server;
      const account = await services.identity.member(elsewhere.licenseId, guest.accountId);
      assert.ok(account);
      const actor = { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' };
      assert.ok(await services.people.answers.accept(decodeURIComponent(token), account.account, actor));
      const joined = await agent(guest.email, 'job_title', 'groups');
      assert.equal(joined.job_title, 'Guest');
      assert.deepEqual(joined.groups, form.groups);
    });

    it('are refused twice, without a name, with wrong groups, hours and time zones, and nothing is made', async () => {
      const id = await create();
      refused(await call('create_agent', { id: id.toUpperCase(), name: 'Again' }), 409, 'already_exists');
      const wrong: [object, RegExp][] = [
        [{ id: 'nobody' }, /e-mail/],
        [{ name: ' ' }, /name/],
        [{ groups: [] }, /one group at least/],
        [{ groups: [{ id: 4711, priority: 'first' }] }, /no group 4711/],
        [{ groups: [0, 0].map((one) => ({ id: one, priority: 'first' })) }, /twice/],
        [{ max_chats_count: 21 }, /max_chats_count/],
        [hours('Mars/Olympus', ['monday', '08:00', '10:00']), /Mars\/Olympus.*IANA/],
        [hours('+01:00', ['monday', '08:00', '10:00']), /IANA/],
        [hours('', ['monday', '08:00', '10:00'], ['monday', '09:59', '11:00']), /overlaps 08:00–10:00/],
        [hours('', ['monday', '22:00', '06:00']), /past midnight/],
        [{ work_scheduler: { schedule: [day('monday', '08:00', '10:00')] } }, /timezone/],
      ];
      for (const [form, words] of wrong) {
        const email = somebody();
        refused(await call('create_agent', { id: email, name: 'Grace', ...form }), 400, 'validation', words);
        refused(await call('get_agent', { id: email }), 404, 'not_found');
        if (!('id' in form) && !('name' in form))
          refused(await call('update_agent', { id, ...form }), 400, 'validation', words);
      }
    });

    it('wait for approval where only accounts--all:rc adds them, and work when they are approved', async () => {
      const adder = await bearer(bed.owner, ['accounts--all:rc']);
      const id = good(await call('create_agent', { id: somebody(), name: 'Grace' }, adder)).id;
      assert.equal((await agent(id, 'awaiting_approval')).awaiting_approval, true);
      const eager = { id: somebody(), name: 'Grace', awaiting_approval: false };
      refused(await call('create_agent', eager, adder), 403, 'authorization', /accounts--all:rw/);
      refused(await call('unsuspend_agent', { id }), 400, 'validation', /approve_agent/);
      good(await call('approve_agent', { id }));
      const approved = await agent(id, 'awaiting_approval', 'suspended');
      assert.deepEqual([approved.awaiting_approval, approved.suspended], [false, false]);
      good(await call('suspend_agent', { id }));
      refused(await call('approve_agent', { id }), 400, 'validation', /unsuspend_agent/);
    });

    it('take the scope of roles for a role, and nobody gives one above their own', async () => {
      const plain = await bearer(bed.owner, ['agents--all:rw', 'accounts--all:rw']);
      const id = await create();
      for (const [name, body] of [
        ['update_agent', { id, role: 'viceowner' }],
        ['create_agent', { id: somebody(), name: 'Grace', role: 'administrator' }],
      ] as const)
        refused(await call(name, body, plain), 403, 'authorization', /accounts\.roles\.lc--all:rw/);
      good(await call('update_agent', { id, role: 'viceowner' }));
      assert.equal((await agent(id)).role, 'viceowner');
      const owned = await call('update_agent', { id: bed.owner.email, role: 'normal' });
      refused(owned, 409, 'limit_reached', /owner/);
    });

    it('change themselves with agents--my:rw, but not others, and not their own groups', async () => {
      const ann = await member();
      const mine = await bearer(ann, ['agents--my:rw']);
      good(await call('update_agent', { id: ann.email, job_title: 'Baker' }, mine));
      assert.equal((await agent(ann.email, 'job_title')).job_title, 'Baker');
      refused(
        await call('update_agent', { id: bed.owner.email, job_title: 'x' }, mine),
        403,
        'missing_access',
      );
      const groups = [{ id: await group(), priority: 'first' }];
      refused(await call('update_agent', { id: ann.email, groups }, mine), 403, 'authorization', /groups/);
    });

    it('keep what an update leaves out, and take the older form of hours', async () => {
      const id = await create({
        job_title: 'Baker',
        ...hours('Europe/Warsaw', ['monday', '08:00', '10:00']),
      });
      good(await call('update_agent', { id, mobile: '123' }));
      good(await call('update_agent', { id, work_scheduler: { friday: { start: '07:30', end: '21:30' } } }));
      const told = await agent(id, 'job_title', 'mobile', 'work_scheduler');
      assert.deepEqual([told.job_title, told.mobile], ['Baker', '123']);
      const friday = { timezone: '', schedule: [day('friday', '07:30', '21:30')] };
      assert.deepEqual(told.work_scheduler, friday);
      good(await call('update_agent', { id, work_scheduler: { timezone: '', schedule: [] } }));
      assert.deepEqual((await agent(id, 'work_scheduler')).work_scheduler.schedule, []);
    });

    it('are not changed by whoever saw an older version, and are by whoever names none', async () => {
      const id = await create();
      const { version } = await agent(id, 'version');
      const [one, other] = await Promise.all(
        ['Baker', 'Cook'].map((job_title) => call('update_agent', { id, job_title, version })),
      );
      const statuses = [one?.status, other?.status].sort();
      assert.deepEqual(statuses, [200, 409]);
      const lost = one?.status === 409 ? one : other;
      assert.equal(lost?.body.error.data.current_version, version + 1);
      await Promise.all([
        call('update_agent', { id, job_title: 'Smith' }),
        call('update_agent', { id, mobile: '5' }),
      ]);
      const both = await agent(id, 'job_title', 'mobile');
      assert.deepEqual([both.job_title, both.mobile], ['Smith', '5'], 'changes of two fields are both kept');
      const sales = await group();
      const seen = good(await call('get_group', { id: sales, fields: ['version'] })).version;
      good(await call('update_agent', { id, groups: [{ id: sales, priority: 'last' }] }));
      const stale = { id: sales, agent_priorities: {}, version: seen };
      assert.equal(
        (await call('update_group', stale)).status,
        409,
        'an agent of the group changed meanwhile',
      );
    });

    it('lose their rights at once when they are suspended, and may ask to come back once a day', async () => {
      const ann = await member();
      const mine = await bearer(ann, ['agents--my:ro']);
      refused(await call('request_agent_unsuspension', {}, mine), 400, 'validation', /not suspended/);
      good(await call('get_agent', { id: ann.email }, mine));
      good(await call('suspend_agent', { id: ann.email }));
      refused(await call('get_agent', { id: ann.email }, mine), 401, 'authentication', /suspended/);
      good(await call('request_agent_unsuspension', {}, mine));
      refused(await call('get_agent', { id: ann.email }, mine), 401, 'authentication', /suspended/);
      assert.ok(
        (await mails()).some(
          ({ recipient, text }) => recipient === bed.owner.email && text.includes(ann.email),
        ),
      );
      assert.equal((await call('request_agent_unsuspension', {}, mine)).status, 429);
      good(await call('unsuspend_agent', { id: ann.email }));
      good(await call('get_agent', { id: ann.email }, mine));
    });

    it('are gone with their tokens and settings when they are removed, and the last owner stays', async () => {
      const ann = await member();
      const mine = await bearer(ann, ['agents--my:rw', 'accounts--my:rw']);
      good(await call('update_agent', { id: ann.email, job_title: 'Baker' }));
      refused(await call('delete_agent', { id: bed.owner.email }, mine), 403, 'missing_access');
      good(await call('delete_agent', { id: ann.email }, mine));
      refused(await call('get_agent', { id: ann.email }, mine), 401, 'authentication');
      const { read } = bed.world.server.composition.storage;
      assert.equal(await read.team.settingsOf(bed.organization.licenseId, ann.accountId), undefined);
      refused(await call('delete_agent', { id: bed.owner.email }), 409, 'limit_reached', /owner/);
      refused(await call('suspend_agent', { id: bed.owner.email }), 403, 'authorization');
      const administrator = await member('administrator', 'administrator');
      const second = await bearer(administrator, ['agents--all:rw', 'accounts--all:rw']);
      refused(await call('delete_agent', { id: bed.owner.email }, second), 403, 'authorization', /owner/);
      good(await call('delete_agent', { id: administrator.email }));
    });

    it('answer for themselves in a batch, in order', async () => {
      const [one, two] = [somebody(), somebody()];
      const requests = [{ id: one, name: 'One' }, {}, { id: two, name: 'Two' }, 'no object'];
      const { responses } = good(await call('batch_create_agents', { requests }));
      assert.deepEqual([responses[0], responses[2]], [{ id: one }, { id: two }]);
      assert.deepEqual(
        [responses[1], responses[3]].map(({ error }) => error.type),
        ['validation', 'validation'],
      );
      const both = [{ id: one }, { id: two }, { id: bed.owner.email }];
      const suspended = good(await call('batch_suspend_agents', { requests: both }));
      assert.deepEqual(suspended.responses.slice(0, 2), [{}, {}]);
      assert.equal(suspended.responses[2].error.type, 'authorization');
      assert.equal((await agent(two, 'suspended')).suspended, true);
      good(await call('batch_unsuspend_agents', { requests: both }));
      const renamed = both.slice(0, 2).map((item) => ({ ...item, job_title: 'Baker' }));
      good(await call('batch_update_agents', { requests: renamed }));
      assert.equal((await agent(one, 'job_title')).job_title, 'Baker');
      good(await call('batch_approve_agents', { requests: both }));
      const gone = good(await call('batch_delete_agents', { requests: both.slice(0, 2) }));
      assert.deepEqual(gone.responses, [{}, {}]);
      refused(await call('get_agent', { id: one }), 404, 'not_found');
      const many = { requests: Array.from({ length: 101 }, () => ({})) };
      refused(await call('batch_delete_agents', many), 400, 'validation', /100/);
    });

    it('are given chats by priority, limit and working hours', async () => {
      const sales = await group();
      const ann = await create({ groups: [{ id: sales, priority: 'normal' }], max_chats_count: 1 });
      const bob = await create({ groups: [{ id: sales, priority: 'last' }] });
      assert.equal(await predicted([sales]), ann);
      good(await call('update_agent', { id: ann, groups: [{ id: sales, priority: 'supervisor' }] }));
      assert.equal(await predicted([sales]), bob);
      good(await call('update_agent', { id: ann, groups: [{ id: sales, priority: 'first' }] }));
      const agents = await startChat(sales);
      assert.deepEqual(agents, [ann]);
      assert.deepEqual(await startChat(sales), [bob], 'a limit of one chat is kept');
      good(await call('update_agent', { id: ann, max_chats_count: 2 }));
      assert.equal(await predicted([sales]), ann);
      const weekday = new Date(bed.world.server.clock.now() / 1000).toLocaleDateString('en', {
        weekday: 'long',
        timeZone: 'UTC',
      });
      const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
      const others = week.filter((name) => name !== weekday.toLowerCase());
      const off = hours('UTC', ...others.map((name) => [name, '00:00', '24:00'] as const));
      good(await call('update_agent', { id: ann, ...off }));
      assert.equal(await predicted([sales]), bob, 'nobody is given a chat out of their hours');
      good(await call('update_agent', { id: bob, ...off }));
      assert.equal(await predicted([sales]), undefined);
      good(
        await call('update_agent', {
          id: bob,
          ...hours('UTC', ...week.map((name) => [name, '00:00', '24:00'] as const)),
        }),
      );
      assert.equal(await predicted([sales]), bob);
    });

    it('hand their chats over when they leave a group, or its chats wait', async () => {
      const sales = await group();
      const ann = await create({ groups: [{ id: sales, priority: 'first' }] });
      const bob = await create({ groups: [{ id: sales, priority: 'last' }] });
      const chat = await startChatIn(sales);
      assert.deepEqual(await present(chat), [ann]);
      good(await call('update_agent', { id: ann, groups: [{ id: 0, priority: 'normal' }] }));
      assert.deepEqual(await present(chat), [bob]);
      good(await call('update_group', { id: 0, agent_priorities: await everybody(bob) }));
      good(await call('update_group', { id: sales, agent_priorities: {} }));
      assert.deepEqual(await present(chat), [], 'nobody is left: the chat waits');
      good(await call('update_agent', { id: ann, groups: [{ id: sales, priority: 'normal' }] }));
      assert.deepEqual(await present(chat), [ann], 'and goes to whoever comes');
    });

    it('keep the chats of a group that is deleted, which are everybody’s then', async () => {
      const sales = await group();
      const both = [
        { id: sales, priority: 'first' },
        { id: 0, priority: 'normal' },
      ];
      const ann = await create({ groups: both });
      const chat = await startChatIn(sales);
      good(await call('delete_group', { id: sales }));
      assert.deepEqual(await present(chat), [ann]);
      assert.deepEqual(good(await bed.agent('get_chat', { chat_id: chat })).access.group_ids, [0]);
    });

    async function everybody(...more: string[]): Promise<Record<string, string>> {
      const found = good(await call('get_group', { id: 0, fields: ['agent_priorities'] })).agent_priorities;
      return { ...found, ...Object.fromEntries(more.map((id) => [id, 'normal'])) };
    }
    async function startChatIn(id: number): Promise<string> {
      const visitor = await bed.customer();
      return good(await visitor.call('start_chat', { chat: { access: { group_ids: [id] } } })).chat_id;
    }
    const startChat = async (id: number) => present(await startChatIn(id));
    async function present(chatId: string): Promise<string[]> {
      const { users } = good(await bed.agent('get_chat', { chat_id: chatId }));
      return users
        .filter((user: { type: string; present: boolean }) => user.type === 'agent' && user.present)
        .map((user: { id: string }) => user.id);
    }
  });
});

function day(name: string, start: string, end: string): object {
  return { day: name, enabled: true, start, end };
}

function hours(timezone: string, ...days: (readonly [string, string, string])[]): object {
  return { work_scheduler: { timezone, schedule: days.map((one) => day(...one)) } };
}
