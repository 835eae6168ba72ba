import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import { openDatabase } from './open.ts';
import { statement } from './statement.ts';

const secretByKey = statement<
  { key: number },
  { secret_hash: Uint8Array; hint: string; created_at: number; last_used_at: number | null }
>((db, p) =>
  db
    .selectFrom('client_secrets')
    .select(['secret_hash', 'hint', 'created_at', 'last_used_at'])
    .where('secret_key', '=', p.key),
);

const addSecret = statement<
  { key: number; bytes: Uint8Array; hint: string; at: number; used: number | null },
  unknown
>((db, p) =>
  db.insertInto('client_secrets').values({
    secret_key: p.key,
    client_id: 'client',
    secret_hash: p.bytes,
    hint: p.hint,
    created_at: p.at,
    last_used_at: p.used,
    retired_at: null,
  }),
);

eachEngine((engine) => {
  describe('values', () => {
    let opened: TestDatabase;
    let key = 0;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    async function roundTrip(values: {
      bytes?: Uint8Array;
      hint?: string;
      at?: number;
      used?: number | null;
    }) {
      key += 1;
      const { bytes = Buffer.from('x'), hint = '', at = 0, used = null } = values;
      await opened.database.write((session) => session.run(addSecret, { key, bytes, hint, at, used }));
      const row = await opened.database.read.first(secretByKey, { key });
      assert.ok(row);
      return row;
    }

    for (const number of [0, 1, -1, 2_147_483_648, 1_780_000_000_000_000, Number.MAX_SAFE_INTEGER])
      it(`come back as they went: the number ${number}`, async () => {
        const row = await roundTrip({ at: number, used: number });
        assert.equal(row.created_at, number);
        assert.equal(row.last_used_at, number);
      });

    it('come back as they went: nothing', async () => {
      assert.equal((await roundTrip({ used: null })).last_used_at, null);
    });

    const bytes = [Buffer.alloc(0), Buffer.from([0, 255, 0, 10, 39]), Buffer.alloc(70_000, 0xa5)];
    for (const buffer of bytes)
      it(`come back as they went: ${buffer.length} bytes`, async () => {
        const row = await roundTrip({ bytes: buffer });
        assert.ok(row.secret_hash instanceof Uint8Array);
        assert.ok(buffer.equals(row.secret_hash));
      });

    const texts = ['', 'O\'Brien \\ "x"; --', 'ąćę 日本 العربية 👩🏽‍🚀', 'a\r\n\tb', '%_?$1:p'];
    for (const text of texts)
      it(`come back as they went: the text ${JSON.stringify(text)}`, async () => {
        assert.equal((await roundTrip({ hint: text })).hint, text);
      });

    it('of counts and sums are numbers', async () => {
      const [row] = await opened.database.read.query((db) =>
        db
          .selectFrom('client_secrets')
          .select((eb) => [eb.fn.countAll().as('count'), eb.fn.max('secret_key').as('highest')]),
      );
      assert.equal(typeof row?.count, 'number');
      assert.equal(typeof row?.highest, 'number');
    });

    it('that are missing among the parameters of a statement are nothing', async () => {
      key += 1;
      const parameters = { key, bytes: Buffer.from('x'), hint: '', at: 1 };
      await opened.database.write((session) =>
        session.run(addSecret, parameters as typeof parameters & { used: number | null }),
      );
      assert.equal((await opened.database.read.first(secretByKey, { key }))?.last_used_at, null);
    });

    it('of a row that is not there are undefined', async () => {
      assert.equal(await opened.database.read.first(secretByKey, { key: -1 }), undefined);
      assert.deepEqual(await opened.database.read.all(secretByKey, { key: -1 }), []);
    });

    it('of one statement are bound anew each time', async () => {
      const first = await roundTrip({ hint: 'first' });
      const second = await roundTrip({ hint: 'second' });
      assert.deepEqual([first.hint, second.hint], ['first', 'second']);
    });
  });
});

describe('the address of a database', () => {
  it('may name a schema, of letters that need no quoting', () => {
    assert.throws(
      () => openDatabase('postgres://127.0.0.1/x?schema=Robert%27;drop'),
      /cannot be a schema name/,
    );
  });
});
