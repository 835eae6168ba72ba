import type { InsightService } from '../domain/insight/insight_service.ts';
import type { Refusal } from '../domain/insight/refused_requests.ts';
import type { OpaqueTokens, TokenKind } from '../oauth/opaque_token.ts';

/** What is counted whether somebody looks or not: two additions for a request. */
export interface Tally {
  made: ReadonlyMap<TokenKind, number>;
  refused(): Iterable<Pick<Refusal, 'endpoint' | 'reason'> & { count: number }>;
  ofTokens(tokens: OpaqueTokens): OpaqueTokens;
  ofRefusals(insight: InsightService): InsightService;
}

export function newTally(): Tally {
  const made = new Map<TokenKind, number>();
  const refused = new Map<string, Pick<Refusal, 'endpoint' | 'reason'> & { count: number }>();
  const count = (kind: TokenKind): void => {
    made.set(kind, (made.get(kind) ?? 0) + 1);
  };
  return {
    made,
    refused: () => refused.values(),
    ofTokens: (tokens) => ({
      ...tokens,
      mint(kind, key) {
        count(kind);
        return tokens.mint(kind, key);
      },
      derive(kind, key, origin) {
        count(kind);
        return tokens.derive(kind, key, origin);
      },
    }),
    ofRefusals: (insight) => ({
      ...insight,
      refusals: {
        ...insight.refusals,
        refused(refusal) {
          const { endpoint, reason } = refusal;
          const name = `${endpoint} ${reason}`;
          const entry = refused.get(name) ?? { endpoint, reason, count: 0 };
          entry.count += 1;
          refused.set(name, entry);
          insight.refusals.refused(refusal);
        },
      },
    }),
  };
}
