import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const SDK = fileURLToPath(import.meta.resolve('@livechat/accounts-sdk/dist/index.esm.js'));

/** A web page that signs people in with the published Accounts SDK, as an app's own page does. */
export interface SdkPages {
  /** Of another host and port than the server under test. */
  origin: string;
  /** The same page under another name. */
  otherOrigin: string;
  close(): Promise<void>;
}

/**
 * The options of the SDK are put in `sessionStorage.options`; a button starts each flow. What came of it stands in
 * `output`: `{ data, transaction }` or `{ error }`. Every message that reaches the page is in `window.messages`.
 */
const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>An app</title>
<button id="popup">Sign in</button> <button id="redirect">Go and sign in</button> <output></output>
<script src="/sdk.js"></script>
<script>
  window.messages = [];
  addEventListener('message', (event) => messages.push({ origin: event.origin, data: event.data }));
  const sdk = () => new AccountsSDK(JSON.parse(sessionStorage.options));
  const show = (result) => { document.querySelector('output').textContent = JSON.stringify(result); };
  const settle = (used, promise) => promise.then(
    (data) => show({ data, transaction: used.verify(data) }),
    (error) => show({ error }),
  );
  document.querySelector('#popup').onclick = () => {
    document.querySelector('output').textContent = '';
    const used = sdk();
    settle(used, used.popup().authorize());
  };
  document.querySelector('#redirect').onclick = () => {
    sessionStorage.redirected = 'yes';
    sdk().redirect().authorize();
  };
  if (sessionStorage.redirected) {
    const used = sdk();
    settle(used, used.redirect().authorizeData());
  }
</script></html>`;

/** Bundles the SDK as apps do (its ready-made scripts need Node's \`util\`), and serves the page. */
export async function openSdkPages(): Promise<SdkPages> {
  const sdk = await bundleSdk();
  const server: Server = createServer((request, response) => {
    const isScript = request.url === '/sdk.js';
    response.writeHead(200, {
      'content-type': `${isScript ? 'text/javascript' : 'text/html'}; charset=utf-8`,
    });
    response.end(isScript ? sdk : HTML);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function bundleSdk(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: SDK, formats: ['iife'], name: 'AccountsSDK' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle && 'output' in bundle ? bundle.output : [];
  if (chunk?.type !== 'chunk') throw new Error('the Accounts SDK was not bundled');
  return chunk.code;
}
