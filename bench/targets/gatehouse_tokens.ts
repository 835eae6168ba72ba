import { seconds } from '../../server/kernel/clock.ts';
import type { BenchWorld } from './gatehouse_world.ts';

const UNIT = 2000;

/** Fills the tables up to `count` live access tokens, 20 an account, as a server that is long in use has them. */
export async function fillTokens(world: BenchWorld, count: number): Promise<void> {
  const { storage, identifiers } = world.server.composition;
  const hash = crypto.getRandomValues(new Uint8Array(32));
  for (let from = 0; from < count; from += UNIT)
    await storage.write(async ({ grants }) => {
      for (let n = from; n < Math.min(count, from + UNIT); n++) {
        const at = world.server.clock.now();
        await grants.addTokens(
          {
            access: {
              ...world.subject(n),
              // Accounts of their own: those that are measured stay below the cap of 25.
              accountId: `00000000-0000-4000-8000-${String(Math.floor(n / 20)).padStart(12, '0')}`,
              key: identifiers.key(),
              secretHash: Buffer.from(hash),
              refreshKey: null,
              botSecretKey: null,
              createdAt: at,
              expiresAt: at + seconds(28_800),
              revokedAt: null,
              revokedReason: null,
            },
          },
          { keep: 25, now: at },
        );
      }
    });
}
