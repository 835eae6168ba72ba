import assert from 'node:assert/strict';
import type { Site } from './site.ts';

/** What a server has acknowledged, and what it was asked and did not answer any more. */
export interface Promised {
  /** Codes with the access tokens that they were exchanged for. */
  exchanged: { code: string; accessToken: string }[];
  refreshed: string[];
  revoked: string[];
  /** Texts of events that were sent, and their chat. */
  events: string[];
  chatId: string;
  /** A token that reads the chat. */
  reader: string;
  /** The setting that was acknowledged last, and those that were asked for later. */
  setting: { known: string; possible: string[] };
  unanswered: string[];
  /** How many requests were answered before the end. */
  answers: number;
}

const EXCHANGES = 12;
const REFRESHES = 4;
const REVOCATIONS = 3;
const EVENTS = 6;
const SETTINGS = 3;

/**
 * Sends one of everything that must not be lost, all at once.
 * @param begun called when all is under way
 * @param answered called with the number of answers so far; this is where to kill
 */
export async function load(
  site: Site,
  round: number,
  begun: () => void,
  answered: (count: number) => void,
): Promise<Promised> {
  const codes: string[] = [];
  for (let index = 0; index < EXCHANGES; index++) codes.push(await site.newCode());
  const base = await site.exchange(await site.newCode());
  const doomed: string[] = [];
  for (let index = 0; index < REVOCATIONS; index++)
    doomed.push((await site.exchange(await site.newCode())).accessToken);
  const started = await site.agent('start_chat', {}, base.accessToken);
  const before = await site.readSetting();
  const promised: Promised = {
    exchanged: [],
    refreshed: [],
    revoked: [],
    events: [],
    chatId: String(started.body.chat_id),
    reader: base.accessToken,
    setting: { known: before.description, possible: [] },
    unanswered: [],
    answers: 0,
  };
  const done = (status: number | undefined, note: () => void) => {
    if (status === undefined) return false;
    assert.ok(status < 300, `under load a request was answered with ${status}`);
    note();
    promised.answers += 1;
    answered(promised.answers);
    return true;
  };
  const work: Promise<void>[] = [];
  for (const code of codes)
    work.push(
      site.exchange(code).then(({ status, accessToken }) => {
        if (!done(status, () => promised.exchanged.push({ code, accessToken })))
          promised.unanswered.push(code);
      }),
    );
  for (let index = 0; index < REFRESHES; index++)
    work.push(
      site.refresh(base.refreshToken).then(({ status, accessToken }) => {
        done(status, () => promised.refreshed.push(accessToken));
      }),
    );
  for (const token of doomed)
    work.push(
      site.revoke(token).then((status) => {
        done(status, () => promised.revoked.push(token));
      }),
    );
  for (let index = 0; index < EVENTS; index++) {
    const text = `round ${round}, event ${index}`;
    const event = { chat_id: promised.chatId, event: { type: 'message', text } };
    work.push(
      site.agent('send_event', event, base.accessToken).then(({ status }) => {
        done(status, () => promised.events.push(text));
      }),
    );
  }
  work.push(changeSettings(site, round, before.version, promised, done));
  begun();
  await Promise.all(work);
  return promised;
}

/** One after another, since each needs the version that the one before has made. */
async function changeSettings(
  site: Site,
  round: number,
  first: number,
  promised: Promised,
  done: (status: number | undefined, note: () => void) => boolean,
): Promise<void> {
  for (let index = 0; index < SETTINGS; index++) {
    const text = `round ${round}, setting ${index}`;
    promised.setting.possible.push(text);
    const status = await site.writeSetting(text, first + index);
    const note = () => {
      promised.setting = { known: text, possible: [] };
    };
    if (!done(status, note)) return;
  }
}

/** After the restart: what was acknowledged is there, and nothing single-use works twice. */
export async function assertKept(site: Site, promised: Promised): Promise<void> {
  for (const token of [...promised.exchanged.map(({ accessToken }) => accessToken), ...promised.refreshed])
    assert.ok(await site.works(token), 'an acknowledged token is gone');
  for (const token of promised.revoked)
    assert.equal(await site.works(token), false, 'a revoked token works again');
  const chat = await site.agent('get_chat', { chat_id: promised.chatId }, promised.reader);
  assert.equal(chat.status, 200, 'an acknowledged chat is gone');
  for (const text of promised.events)
    assert.ok(JSON.stringify(chat.body).includes(text), `an acknowledged event is gone: ${text}`);
  const { known, possible } = promised.setting;
  const { description } = await site.readSetting();
  assert.ok([known, ...possible].includes(description), `the setting is "${description}" and not "${known}"`);
  assert.equal(await site.page('/account'), 200, 'the session is gone');
  for (const { code } of promised.exchanged)
    assert.equal((await site.exchange(code)).status, 400, 'a used code works again');
  for (const code of promised.unanswered) {
    const answers = [await site.exchange(code), await site.exchange(code)];
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1, 'a code was good for two');
  }
}
