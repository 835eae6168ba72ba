import { type Micros, seconds } from '../../kernel/clock.ts';
import { firstKeyAt } from '../../kernel/identifiers.ts';
import type { Storage } from '../storage.ts';
import type { AccessToken, AuthorizationCode, RefreshToken, TokenSubject } from './records.ts';
import { bearerLife, codeLife, refreshLife, type TokenLife } from './token_life.ts';

/** One credential of a family, and from which it came. */
export interface FamilyNode {
  id: string;
  kind: 'code' | 'refresh' | 'access';
  parent: string | null;
  life: TokenLife;
  issuedAt: Micros;
  expiresAt: Micros;
}

export interface TokenFamily {
  nodes: FamilyNode[];
  /** More was issued than is shown. */
  truncated: boolean;
}

/** The names of rows in a family, for whoever revokes one. */
export const nodeId = (kind: string, key: number): string => `${kind}_${key}`;

/** The first tokens are written in the unit of work that uses the code up. */
const EXCHANGE_TAKES = seconds(5);

export async function readFamily(
  storage: Storage,
  subject: TokenSubject,
  known: { access?: AccessToken; refresh?: RefreshToken },
  now: Micros,
): Promise<TokenFamily> {
  const { grants } = storage.read;
  const found = await grants.code(subject.familyKey);
  const code = found?.licenseId === subject.licenseId ? found : undefined;
  const used = code?.consumedAt ?? null;
  const { access, refresh, complete } = await grants.familyTokens(subject, {
    around:
      used === null
        ? undefined
        : { from: firstKeyAt(used - EXCHANGE_TAKES), to: firstKeyAt(used + EXCHANGE_TAKES) },
    access: known.access ? [known.access.key] : [],
    refresh: [known.refresh?.key ?? null, known.access?.refreshKey ?? null].filter((key) => key !== null),
  });
  return { nodes: familyTree(code, access, refresh, now), truncated: !complete };
}

/** The code first, then each token after what it came from. */
export function familyTree(
  code: AuthorizationCode | undefined,
  access: readonly AccessToken[],
  refresh: readonly RefreshToken[],
  now: Micros,
): FamilyNode[] {
  const root = code ? nodeId('code', code.familyKey) : null;
  const refreshKeys = new Set(refresh.map(({ key }) => key));
  const predecessors = new Map(refresh.map(({ key, successorKey }) => [successorKey, key]));
  const refreshId = (key: number | null | undefined) =>
    key !== null && key !== undefined && refreshKeys.has(key) ? nodeId('refresh', key) : root;
  return [
    ...(code
      ? [
          {
            id: nodeId('code', code.familyKey),
            kind: 'code' as const,
            parent: null,
            life: codeLife(code, now),
            issuedAt: code.createdAt,
            expiresAt: code.expiresAt,
          },
        ]
      : []),
    ...refresh.map((token) => ({
      id: nodeId('refresh', token.key),
      kind: 'refresh' as const,
      parent: refreshId(predecessors.get(token.key)),
      life: refreshLife(token, now),
      issuedAt: token.createdAt,
      expiresAt: Math.min(token.idleExpiresAt, token.absoluteExpiresAt),
    })),
    ...access.map((token) => ({
      id: nodeId('access', token.key),
      kind: 'access' as const,
      parent: refreshId(token.refreshKey),
      life: bearerLife(token, now),
      issuedAt: token.createdAt,
      expiresAt: token.expiresAt,
    })),
  ];
}
