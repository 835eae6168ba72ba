import assert from 'node:assert/strict';
import { Agent, type ClientRequest, request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { CLIENT, openSite, REDIRECT, type Site } from './support/site.ts';

/** Connections that are kept open and send one request after the other. */
const CONNECTIONS = 8;
/** A push is written to the database, so that its answer waits for a commit. */
const BODY = new URLSearchParams({
  ...CLIENT,
  response_type: 'code',
  redirect_uri: REDIRECT,
  scope: 'chats--all:ro',
}).toString();

/** What became of a request. A connection that was never taken is refused; `lost` is one that broke on the way. */
type Outcome = number | 'refused' | 'lost';

describe('a server that is asked to end (SIGTERM)', () => {
  let site: Site;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  before(async () => {
    site = await openSite();
  });
  after(async () => {
    agent.destroy();
    await site.remove();
  });

  function begin(more: { agent?: Agent | false } = {}): { sent: ClientRequest; outcome: Promise<Outcome> } {
    const sent = request(`${site.server.url}/oauth2/par`, {
      agent,
      ...more,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': BODY.length },
    });
    const outcome = new Promise<Outcome>((resolve) => {
      sent.on('response', (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve('lost'));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // What the system had queued for a listener that went is reset before anything of it was read.
        const never = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && !sent.reusedSocket);
        resolve(never ? 'refused' : 'lost');
      });
    });
    return { sent, outcome };
  }

  it('answers every request that reached it, takes no new ones, and ends with code 0', async () => {
    const outcomes: Outcome[] = [];
    const { promise: busy, resolve: isBusy } = Promise.withResolvers<void>();
    async function keepSending(): Promise<void> {
      for (let outcome: Outcome = 201; outcome === 201; ) {
        const { sent, outcome: coming } = begin();
        sent.end(BODY);
        outcome = await coming;
        outcomes.push(outcome);
        if (outcomes.length === CONNECTIONS * 3) isBusy();
      }
    }
    const senders = Array.from({ length: CONNECTIONS }, keepSending);
    // One that takes its time: its second half comes when the server listens no more.
    const slow = begin({ agent: false });
    slow.sent.write(BODY.slice(0, 20));
    await busy;
    const before = outcomes.length;
    const code = site.server.stop();
    await Promise.all(senders);
    const late = begin({ agent: false });
    late.sent.end(BODY);
    assert.equal(await late.outcome, 'refused');
    slow.sent.end(BODY.slice(20));

    assert.equal(await slow.outcome, 201);
    assert.equal(await code, 0);
    assert.ok(outcomes.length > before, 'it was busy when it was asked to end');
    assert.deepEqual([...new Set(outcomes)].sort(), [201, 'refused'], JSON.stringify(outcomes.slice(-40)));
    assert.equal(outcomes.filter((outcome) => outcome === 'refused').length, CONNECTIONS);
  });
});
