import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server as TlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import type { Services } from '../apis/services.ts';
import type { ResolveTxt } from '../domain/sign_in_rules/domains.ts';
import { type MovableClock, movableClock } from '../kernel/clock.ts';
import { QUEUE_LIMIT } from '../storage/engine/database.ts';
import type { openDatabase } from '../storage/engine/open.ts';
import { openFiles } from '../storage/files/open_files.ts';
import { createServer, type ServedRoute } from '../transport/server.ts';
import { startBackground } from './background.ts';
import { type Composition, compose } from './compose.ts';
import type { Config } from './config.ts';
import type { Metrics } from './metrics/metrics_server.ts';
import { loadSecretKey, prepareDataFolder } from './secret_key.ts';
import { loadSeeds } from './seeds.ts';
import { openForServing } from './serving_database.ts';
import { keepCertificate } from './tls/keep_certificate.ts';
import { speaksTls } from './tls/serving_certificate.ts';

/** A load balancer needs a moment to hear of it, in which requests go on coming. */
const BUSY_FROM = QUEUE_LIMIT * 0.75;

export interface RunningServer {
  /** Where it can be reached from outside. */
  url: string;
  /** Where it listens. */
  address: string;
  /** Where metrics are read, if they are. */
  metricsUrl: string | undefined;
  /** The certificate to trust, where the server's own authority made the one that it shows. */
  authorityFile: string | undefined;
  services: Services;
  composition: Composition;
  clock: MovableClock;
  /**
   * Tells load balancers, by /readyz, and clients, by `connection: close`, to go elsewhere, while all is answered.
   * A client that has its next request on the way when its connection is closed would lose it.
   * @param milliseconds to wait for both to follow
   */
  drain(milliseconds: number): Promise<void>;
  /** Answers what has begun, refuses what comes, closes the storage. */
  close(): Promise<void>;
}

/** Where the server's own files are: in the sources, or in `dist/server` where everything is one file. */
function ownFolders(): { project: string; assets: string } {
  const here = fileURLToPath(new URL('.', import.meta.url));
  if (basename(join(here, '..')) === 'dist')
    return { project: join(here, '../..'), assets: join(here, 'assets') };
  return { project: join(here, '../..'), assets: join(here, '../pages/assets') };
}

/**
 * Starts the server that a configuration describes, and loads its seeds.
 * @throws ConfigError, or the error of a database that cannot be opened
 */
export async function startServer(
  config: Config,
  options: {
    logger?: Logger | false;
    onRoute?: (route: ServedRoute) => void;
    openDatabase?: typeof openDatabase;
    /** In place of the DNS. */
    resolveTxt?: ResolveTxt | undefined;
  } = {},
): Promise<RunningServer> {
  const folders = ownFolders();
  prepareDataFolder(config.dataDir);
  const clock = movableClock();
  const logger = options.logger === undefined ? pino({ level: config.logLevel, base: null }) : options.logger;
  const database = await openForServing(config.databaseUrl, options.openDatabase);

  // Certificates live by the time of the world, not by a clock that tests move.
  const certificate = speaksTls(config) ? await keepCertificate(config, Date.now) : undefined;
  const settings = serverSettings(config);
  const secretKey = config.secretKey ?? loadSecretKey(config.dataDir);
  const contents = openFiles(config.filesUrl, config.dataDir);
  const composition = compose({
    database,
    secretKey,
    clock,
    settings,
    contents,
    resolveTxt: options.resolveTxt,
    places: config.places,
  });
  const { services } = composition;
  let accepting = true;
  const serving: { server?: Server } = {};
  const metrics = await startMetrics(config, composition, serving);
  const app = await createServer({
    meter: metrics?.meter,
    services,
    clock,
    movableClock: config.development ? clock : undefined,
    keyring: composition.keyring,
    random: composition.random,
    health: {
      async probe() {
        if (database.statistics().writesStopped) throw new Error('the disk failed: restart the server');
        await database.read.query((db) => db.selectFrom('migrations').select('name').limit(1));
      },
      accepting: () => accepting,
      busy: () => database.statistics().queued >= BUSY_FROM,
    },
    tls: certificate?.context,
    logger,
    trustProxy: config.trustProxy,
    built: {
      console: join(folders.project, 'dist/console'),
      inbox: join(folders.project, 'dist/inbox'),
      chat: join(folders.project, 'dist/chat'),
    },
    assetsFolder: folders.assets,
    docsFolder: join(folders.project, 'docs'),
    onRoute: options.onRoute,
  });
  serving.server = app.server;
  composition.cluster.listen(logger || quiet);
  await loadSeeds(config, composition);
  const address = await app.listen({ port: config.port, host: config.host });
  // A port of 0 is chosen by the system, so that the address is known only after listening.
  if (config.publicUrl === undefined) settings.publicUrl = localUrl(config, new URL(address).port);
  const stopLooking = certificate?.watch(app.server as unknown as TlsServer, (error) =>
    (logger || quiet).warn({ error }, 'the new TLS certificate cannot be used; the old one stays'),
  );
  const background = startBackground(services, logger || quiet, {
    url: config.mailUrl,
    from: settings.mail.from,
  });

  return {
    url: settings.publicUrl,
    address,
    metricsUrl: metrics?.url,
    authorityFile: certificate?.authorityFile,
    services,
    composition,
    clock,
    async drain(milliseconds) {
      accepting = false;
      app.server.prependListener('request', (_request, response) =>
        response.setHeader('connection', 'close'),
      );
      await wait(milliseconds);
      // The listener alone: http.Server would also end connections whose first request is still on its way.
      NetServer.prototype.close.call(app.server);
      await wait(milliseconds / 2);
    },
    async close() {
      accepting = false;
      stopLooking?.();
      await app.close();
      await background.stop();
      await metrics?.close();
      await composition.cluster.leave();
      await database.close();
    },
  };
}

/** The library is loaded only where somebody wants to measure. */
async function startMetrics(
  { metricsPort, metricsHost }: Config,
  composition: Composition,
  serving: { server?: Server },
): Promise<Metrics | undefined> {
  if (metricsPort === undefined) return undefined;
  const { serveMetrics } = await import('./metrics/metrics_server.ts');
  const connections = () =>
    new Promise<number>((resolve) => {
      if (!serving.server) resolve(0);
      else serving.server.getConnections((error, count) => resolve(error ? 0 : count));
    });
  return serveMetrics({ port: metricsPort, host: metricsHost }, composition, connections);
}

const quiet = { error: () => {}, warn: () => {}, info: () => {} };

/** The part of the configuration that the services look at. */
export function serverSettings(config: Config) {
  return {
    productName: 'Gatehouse',
    publicUrl: config.publicUrl ?? localUrl(config, config.port),
    region: config.region,
    signingKeyDays: config.signingKeyDays,
    auditDays: config.auditDays,
    chatTimeouts: config.chatTimeouts,
    rateQuotas: config.rateQuotas,
    plan: config.plan,
    files: { limitBytes: config.fileLimit, quotaBytes: config.filesQuota },
    developmentMode: config.development,
    mail: { from: config.mailFrom ?? `Gatehouse <no-reply@${hostOf(config)}>` },
    version: packageVersion(),
  };
}

function localUrl(config: Config, port: number | string): string {
  return `${speaksTls(config) ? 'https' : 'http'}://localhost:${port}`;
}

function hostOf(config: Config): string {
  return config.publicUrl === undefined ? 'localhost' : new URL(config.publicUrl).hostname;
}

/** As package.json says it. */
export function packageVersion(): string {
  const text = readFileSync(join(ownFolders().project, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
