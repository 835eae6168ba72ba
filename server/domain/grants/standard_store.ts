import type { Micros } from '../../kernel/clock.ts';

/** A request that an app sent ahead of the browser (RFC 9126). */
export interface PushedRequest {
  key: number;
  secretHash: Uint8Array;
  clientId: string;
  /** JSON. */
  parameters: string;
  createdAt: Micros;
  expiresAt: Micros;
}

/** What a person allowed a device. */
export interface DeviceGrant {
  licenseId: number;
  accountId: string;
  grantKey: number;
  /** Joined by spaces. */
  scopes: string;
}

/** A device that waits for a person (RFC 8628). Its key becomes the key of the family of its tokens. */
export interface DeviceRequest {
  key: number;
  secretHash: Uint8Array;
  /** The code that the person types, hashed. */
  userCodeHash: Uint8Array;
  clientId: string;
  /** As asked for, joined by spaces. */
  scopes: string;
  resources: string | null;
  createdAt: Micros;
  expiresAt: Micros;
  /** Least time between two polls. */
  intervalSeconds: number;
  lastPolledAt: Micros | null;
  decision: 'allowed' | 'denied' | null;
  /** Of an allowed one. */
  grant: DeviceGrant | null;
  consumedAt: Micros | null;
}

/** The standard dialect's part of the storage port. Single use is one conditional statement each. */
export interface StandardGrantStore {
  addPushedRequest(request: PushedRequest): Promise<void>;
  pushedRequest(key: number): Promise<PushedRequest | undefined>;
  /** @returns true for exactly one caller, and never for one that expired */
  takePushedRequest(key: number, now: Micros): Promise<boolean>;

  /** @returns false when another device has this user code */
  addDeviceRequest(request: DeviceRequest): Promise<boolean>;
  deviceRequest(key: number): Promise<DeviceRequest | undefined>;
  deviceRequestByUserCode(userCodeHash: Uint8Array): Promise<DeviceRequest | undefined>;
  /** @returns true for exactly one caller, and never for one that expired */
  allowDeviceRequest(key: number, grant: DeviceGrant, now: Micros): Promise<boolean>;
  /** Same answer. */
  denyDeviceRequest(key: number, now: Micros): Promise<boolean>;
  /** Notes that the device asked, and how long it must wait now. */
  markDevicePolled(key: number, intervalSeconds: number, now: Micros): Promise<void>;
  /** Uses an allowed one up. @returns true for exactly one caller, and never for one that expired */
  consumeDeviceRequest(key: number, now: Micros): Promise<boolean>;
}
