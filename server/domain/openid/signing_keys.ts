import type { JWK } from 'jose';
import { type Clock, days, type Micros, seconds } from '../../kernel/clock.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import { seal, unseal } from '../../kernel/sealing.ts';
import { ID_TOKEN_ALGORITHM } from '../../oauth/id_token.ts';
import {
  dueKey,
  firstKeptGeneration,
  type KeyTurn,
  publishedKeysAt,
  signingKeyAt,
} from '../../oauth/openid_key_schedule.ts';
import type { Storage } from '../storage.ts';
import { loadJose } from './load_jose.ts';
import type { SigningKey } from './openid_store.ts';

/** A key as it is used: the private part opened. */
export interface OpenedKey extends KeyTurn {
  keyId: string;
  publicJwk: JWK;
  privateJwk: JWK;
}

/** The keys that sign ID tokens, one after another. */
export interface SigningKeys {
  /** The one that signs now. */
  current(): Promise<OpenedKey>;
  /** Public halves of the keys that apps must know now. */
  published(): Promise<JWK[]>;
  /** Also of keys that are published no longer. */
  byId(keyId: string): Promise<JWK | undefined>;
  /** Adds the next key when its time has come, and forgets those that nobody asks for any more. */
  rotate(): Promise<void>;
}

/**
 * For so long another process may not know a key that was just published. It signs a day later, and hints signed
 * by a key that is not known yet do not exist.
 */
const BELIEVED = seconds(60);

export function signingKeys(deps: {
  storage: Storage;
  clock: Clock;
  random: Random;
  keyring: Keyring;
  rotationDays: number;
}): SigningKeys {
  const { storage, clock } = deps;
  const sealingKey = deps.keyring.derive('signing keys');
  let remembered: { keys: OpenedKey[]; readAt: Micros } | undefined;

  function open(key: SigningKey): OpenedKey | undefined {
    try {
      return {
        generation: key.generation,
        publishedAt: key.publishedAt,
        signsFrom: key.signsFrom,
        keyId: key.keyId,
        publicJwk: JSON.parse(key.publicJwk) as JWK,
        privateJwk: JSON.parse(unseal(sealingKey, key.sealedPrivateJwk)) as JWK,
      };
    } catch {
      // Sealed with another server key, which is gone: everything that it signed is void, too.
      return undefined;
    }
  }

  async function make(turn: KeyTurn): Promise<SigningKey> {
    const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await loadJose();
    const pair = await generateKeyPair(ID_TOKEN_ALGORITHM, { extractable: true });
    const [publicJwk, privateJwk] = await Promise.all([
      exportJWK(pair.publicKey),
      exportJWK(pair.privateKey),
    ]);
    const keyId = await calculateJwkThumbprint(publicJwk);
    return {
      ...turn,
      keyId,
      publicJwk: JSON.stringify({ ...publicJwk, kid: keyId, use: 'sig', alg: ID_TOKEN_ALGORITHM }),
      sealedPrivateJwk: seal(sealingKey, deps.random, JSON.stringify(privateJwk)),
    };
  }

  /** Adds what is due. Of several processes that do so at once, one makes the key and all use it. */
  async function readUpToDate(): Promise<OpenedKey[]> {
    const stored = await storage.read.openid.signingKeys();
    const opened = stored.map(open).filter((key) => key !== undefined);
    const due = dueKey(opened, clock.now(), days(deps.rotationDays));
    if (!due) return opened;
    // Generations go on where they are, whether or not the older ones can be opened.
    const key = await make({ ...due, generation: (stored.at(-1)?.generation ?? 0) + 1 });
    await storage.write((stores) => stores.openid.addSigningKey(key));
    return (await storage.read.openid.signingKeys()).map(open).filter((one) => one !== undefined);
  }

  async function keys(): Promise<OpenedKey[]> {
    const now = clock.now();
    if (remembered && now - remembered.readAt < BELIEVED) return remembered.keys;
    const read = await readUpToDate();
    remembered = { keys: read, readAt: now };
    return read;
  }

  return {
    async current() {
      const key = signingKeyAt(await keys(), clock.now());
      if (!key) throw new Error('no signing key has its turn');
      return key;
    },
    async published() {
      return publishedKeysAt(await keys(), clock.now()).map(({ publicJwk }) => publicJwk);
    },
    async byId(keyId) {
      return (await keys()).find((key) => key.keyId === keyId)?.publicJwk;
    },
    async rotate() {
      remembered = undefined;
      const first = firstKeptGeneration(await keys(), clock.now());
      if (first > 1) await storage.write((stores) => stores.openid.forgetSigningKeys(first));
    },
  };
}
