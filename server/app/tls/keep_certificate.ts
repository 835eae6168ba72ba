import type { Server } from 'node:tls';
import type { Config } from '../config.ts';
import { servingCertificate } from './serving_certificate.ts';

/** An hour: whoever renews certificates does so weeks before the old one ends. */
const EVERY_MILLISECONDS = 3_600_000;

/** The certificate of a listener, looked at again and again. */
export interface KeptCertificate {
  /** The authority to trust, where it is our own. */
  authorityFile: string | undefined;
  context: { cert: string; key: string };
  /** Shows what lies on the disk now to who connects from here on; open connections keep theirs. */
  look(server: Server): Promise<void>;
  /** Looks every hour, until the returned function is called. */
  watch(server: Server, failed: (error: unknown) => void): () => void;
}

/**
 * The certificate that the server shows, renewed or read anew without a restart.
 * @param now milliseconds
 * @throws ConfigError
 */
export async function keepCertificate(config: Config, now: () => number): Promise<KeptCertificate> {
  let shown = await servingCertificate(config, now());
  const kept: KeptCertificate = {
    authorityFile: shown.authorityFile,
    context: { cert: shown.certificate, key: shown.privateKey },
    async look(server) {
      const present = await servingCertificate(config, now());
      if (present.certificate === shown.certificate) return;
      server.setSecureContext({ cert: present.certificate, key: present.privateKey });
      shown = present;
    },
    watch(server, failed) {
      const timer = setInterval(() => kept.look(server).catch(failed), EVERY_MILLISECONDS).unref();
      return () => clearInterval(timer);
    },
  };
  return kept;
}
