import type { Micros } from '../../kernel/clock.ts';
import type { App, AppDetails, AppIcon, Client, ClientOfApp, ClientSecret, Installation } from './records.ts';

/** Storage port of apps and their building blocks. What a person asks for is asked within an organization. */
export interface AppStore {
  addApp(app: App): Promise<void>;
  /** Apps of an organization by creation, newest first, after the given key. */
  apps(
    licenseId: number,
    page: { search: string; before: number | undefined; limit: number },
  ): Promise<Omit<AppDetails, 'secrets'>[]>;
  countApps(licenseId: number, search: string): Promise<number>;
  app(licenseId: number, appId: string): Promise<AppDetails | undefined>;
  /** Writes name and description and moves the version. @returns false when the version is another by now */
  updateApp(
    licenseId: number,
    appId: string,
    change: { version: number; name: string; shortDescription: string; now: Micros },
  ): Promise<boolean>;
  /** Moves the version for a change elsewhere in the app; same answer. */
  touchApp(licenseId: number, appId: string, version: number | undefined, now: Micros): Promise<boolean>;
  /** Takes its block, secrets, icon and installations along; its grants and tokens are the grant store's. */
  deleteApp(licenseId: number, appId: string): Promise<boolean>;

  setIcon(licenseId: number, appId: string, icon: AppIcon | undefined): Promise<void>;
  icon(appId: string): Promise<AppIcon | undefined>;

  /** @returns false when the app has a block already or the client id is taken */
  addClient(client: Client): Promise<boolean>;
  updateClient(client: Client): Promise<void>;
  deleteClient(licenseId: number, appId: string): Promise<void>;
  /** By its public identifier, whatever the organization: the authorization server's way in. */
  client(clientId: string): Promise<ClientOfApp | undefined>;
  /**
   * Whether the client is there, and keeps it and its app from being deleted until the unit of work ends. Who deletes
   * them waits, and then sees what the unit has issued. @returns false when it is gone
   */
  holdClient(clientId: string): Promise<boolean>;

  addSecret(secret: ClientSecret): Promise<void>;
  /** Secrets of a client that are not retired, oldest first. */
  liveSecrets(clientId: string): Promise<ClientSecret[]>;
  retireSecret(clientId: string, key: number, now: Micros): Promise<boolean>;
  /** @returns false for a retired one; else its row is held until the unit of work ends */
  markSecretUsed(key: number, now: Micros, by?: { ip: string; userAgent: string }): Promise<boolean>;

  /** @returns false when it is installed already */
  install(installation: Installation): Promise<boolean>;
  uninstall(licenseId: number, appId: string): Promise<boolean>;
  /** Of an app, in every organization. */
  installations(appId: string): Promise<Installation[]>;
}
