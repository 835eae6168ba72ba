import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Server, TLSSocket } from 'node:tls';
import { ConfigError, readConfig } from '../config.ts';
import { type RunningServer, startServer } from '../start.ts';
import { LEAF_DAYS, makeAuthority, makeLeaf } from './certificates.ts';
import { keepCertificate } from './keep_certificate.ts';
import { certificateHosts, servingCertificate } from './serving_certificate.ts';

const NOW = Date.now();
const DAY = 86_400_000;

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'gatehouse-tls-'));
  folders.push(made);
  return made;
}
after(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const config = (dataDir: string, ...flags: string[]) => readConfig(['--data-dir', dataDir, ...flags], {});

describe('the certificate of --tls', () => {
  it('is good for this machine, the hosts that LiveChat’s clients have built in, and those of the settings', async () => {
    const settings = config(
      folder(),
      '--tls',
      '--public-url',
      'https://chat.test',
      '--tls-hosts',
      '10.0.0.9,*.shop.test',
    );
    const leaf = new X509Certificate((await servingCertificate(settings, NOW)).certificate);
    for (const host of [
      'localhost',
      'api.livechatinc.com',
      'accounts.livechat.com',
      'chat.test',
      'eu.shop.test',
    ])
      assert.ok(leaf.checkHost(host), host);
    for (const address of ['127.0.0.1', '::1', '10.0.0.9']) assert.ok(leaf.checkIP(address), address);
    assert.equal(leaf.checkHost('livechat.com'), undefined);
    assert.equal(leaf.ca, false);
  });

  it('is kept between starts, its keys for the owner alone', async () => {
    const dataDir = folder();
    const first = await servingCertificate(config(dataDir, '--tls'), NOW);
    const second = await servingCertificate(config(dataDir, '--tls'), NOW + DAY);
    assert.equal(second.certificate.trim(), first.certificate.trim());
    for (const key of ['ca.key', 'server.key'])
      assert.equal(statSync(join(dataDir, 'tls', key)).mode & 0o777, 0o600);
  });

  it('is renewed a month before its end, by the same authority', async () => {
    const dataDir = folder();
    const first = await servingCertificate(config(dataDir, '--tls'), NOW);
    const authority = readFileSync(join(dataDir, 'tls/ca.pem'), 'utf8');
    const later = await servingCertificate(config(dataDir, '--tls'), NOW + (LEAF_DAYS - 29) * DAY);
    assert.notEqual(later.certificate, first.certificate);
    assert.equal(readFileSync(join(dataDir, 'tls/ca.pem'), 'utf8'), authority);
    assert.ok(new X509Certificate(later.certificate).verify(new X509Certificate(authority).publicKey));
  });

  it('is made anew for a host that the old one was not good for', async () => {
    const dataDir = folder();
    await servingCertificate(config(dataDir, '--tls'), NOW);
    const wider = await servingCertificate(config(dataDir, '--tls', '--tls-hosts', 'new.test'), NOW);
    assert.ok(new X509Certificate(wider.certificate).checkHost('new.test'));
  });

  it('names no address that only means "all"', () =>
    assert.ok(!certificateHosts(config('.', '--tls', '--host', '0.0.0.0')).includes('0.0.0.0')));
});

describe('a certificate of one’s own', () => {
  it('needs its key', () =>
    assert.rejects(
      servingCertificate({ ...config('.'), tlsCertificate: import.meta.filename }, NOW),
      (error: Error) => error instanceof ConfigError && /belong together/.test(error.message),
    ));

  it('is refused with another’s key, without a word of the key', async () => {
    const dataDir = folder();
    const authority = await makeAuthority(NOW);
    const [one, other] = [
      await makeLeaf(authority, ['a.test'], NOW),
      await makeLeaf(authority, ['a.test'], NOW),
    ];
    writeFileSync(join(dataDir, 'one.pem'), one.certificate);
    writeFileSync(join(dataDir, 'other.key'), other.privateKey);
    await assert.rejects(
      servingCertificate(
        { ...config(dataDir), tlsCertificate: join(dataDir, 'one.pem'), tlsKey: join(dataDir, 'other.key') },
        NOW,
      ),
      (error: Error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, /one\.pem.*other\.key.*cannot be used together/);
        assert.ok(!error.message.includes('PRIVATE'));
        return true;
      },
    );
  });

  it('is shown in its new form once the files changed', async () => {
    const dataDir = folder();
    const authority = await makeAuthority(NOW);
    const write = async (): Promise<string> => {
      const leaf = await makeLeaf(authority, ['a.test'], NOW);
      writeFileSync(join(dataDir, 'c.pem'), leaf.certificate);
      writeFileSync(join(dataDir, 'k.pem'), leaf.privateKey);
      return leaf.certificate;
    };
    await write();
    const kept = await keepCertificate(
      { ...config(dataDir), tlsCertificate: join(dataDir, 'c.pem'), tlsKey: join(dataDir, 'k.pem') },
      () => NOW,
    );
    const shown: string[] = [];
    const server = {
      setSecureContext: ({ cert }: { cert: string }) => shown.push(cert),
    } as unknown as Server;
    await kept.look(server);
    assert.deepEqual(shown, []);
    const renewed = await write();
    await kept.look(server);
    assert.deepEqual(shown, [renewed]);
  });
});

describe('a server with --tls', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer(config(folder(), '--tls', '--port', '0'), { logger: false });
  });
  after(() => server.close());

  const fetchOver = (options: RequestOptions) =>
    new Promise<{ status: number | undefined; peer: string }>((resolve, reject) =>
      get(`${server.url}/readyz`, options, (response) => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            peer: String((response.socket as TLSSocket).getPeerCertificate().issuer.CN),
          }),
        );
      }).on('error', reject),
    );

  it('answers who trusts its authority', async () => {
    assert.match(server.url, /^https:\/\/localhost:\d+$/);
    assert.ok(server.authorityFile);
    const { status, peer } = await fetchOver({ ca: readFileSync(server.authorityFile), agent: false });
    assert.equal(status, 200);
    assert.match(peer, /^Gatehouse local authority/);
  });

  it('is refused by who does not', () =>
    assert.rejects(fetchOver({ agent: false }), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }));
});
