import { createServer } from 'node:net';
import { sqliteFile } from '../../storage/engine/open.ts';
import { isSqliteLocked } from '../../storage/engine/sqlite_lock.ts';
import type { Config } from '../config.ts';
import { speaksTls } from '../tls/serving_certificate.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const MAIL_PATIENCE_MILLISECONDS = 5_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether the port can be listened on, or a server of this database does so already. */
export async function checkPort(config: Config): Promise<Finding> {
  const name = 'port';
  const where = `${config.host}:${config.port}`;
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    probe.listen({ port: config.port, host: config.host }, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return ok(name, `${where} is free`);
  if (code === 'EADDRINUSE') return usedPort(config, name, where);
  return fail(
    name,
    `${where} cannot be listened on (${code})`,
    code === 'EACCES' ? 'Choose a port above 1023.' : 'Set HOST to an address of this machine.',
  );
}

function usedPort({ databaseUrl }: Config, name: string, where: string): Finding {
  const file = sqliteFile(databaseUrl);
  const remedy = 'Choose another (--port), or stop that program.';
  if (file === undefined) return warn(name, `${where} is in use`, `If not by this server: ${remedy}`);
  return isSqliteLocked(file)
    ? ok(name, `${where} is in use, and the server is running`)
    : fail(name, `${where} is in use by another program`, remedy);
}

/** Whether browsers reach the server in a way that keeps cookies and codes secret. */
export function checkPublicUrl(config: Config): Finding {
  const name = 'public URL';
  const { publicUrl } = config;
  if (config.development)
    return warn(name, 'development mode is on', 'Never for real people: leave DEVELOPMENT out.');
  if (publicUrl === undefined)
    return LOOPBACK.test(config.host)
      ? ok(name, 'not set: the server is for this machine alone')
      : warn(
          name,
          'not set, while other machines can reach the server',
          'Set PUBLIC_URL=https://…, or links in mails lead to localhost.',
        );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !LOOPBACK.test(hostname))
    return fail(
      name,
      `${publicUrl} is not https: passwords and tokens travel in the clear`,
      'Put a proxy with a certificate before it, or set TLS_CERTIFICATE and TLS_KEY (docs/configuration.md), and set PUBLIC_URL=https://…',
    );
  if (protocol === 'https:' && config.trustProxy.length === 0 && !speaksTls(config))
    return warn(
      name,
      `${publicUrl}, but no proxy is trusted`,
      'Set TRUST_PROXY to the proxy’s address; without it everybody counts as one caller at the login throttle.',
    );
  return ok(name, publicUrl);
}

/** Whether mail can leave: speaks to the mail server, and logs in there. */
export async function checkMail(config: Config): Promise<Finding> {
  const name = 'mail';
  if (config.development) return ok(name, 'shown at /dev/mail');
  if (config.mailUrl === undefined)
    return warn(name, 'MAIL_URL is not set: nobody can reset a password', 'Set MAIL_URL=smtp://…');
  const { createTransport } = await import('nodemailer');
  const patience = {
    connectionTimeout: MAIL_PATIENCE_MILLISECONDS,
    greetingTimeout: MAIL_PATIENCE_MILLISECONDS,
    socketTimeout: MAIL_PATIENCE_MILLISECONDS,
  };
  const { host } = new URL(config.mailUrl);
  const transport = createTransport({ url: config.mailUrl, ...patience });
  try {
    await transport.verify();
    return ok(name, `${host} takes mail`);
  } catch (error) {
    return fail(
      name,
      `${host} does not take mail: ${(error as Error).message}`,
      'Check MAIL_URL: host, port, user and password.',
    );
  } finally {
    transport.close();
  }
}
