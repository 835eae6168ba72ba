import Type, { type Static } from 'typebox';
import { lifeStates } from '../../domain/grants/token_life.ts';
import { spellingNotes } from '../../oauth/presented_token.ts';
import { resourceNames } from '../../oauth/resource_indicator.ts';
import { Timestamp } from './schemas.ts';

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const TokenLife = Type.Object({
  state: Type.Enum([...lifeStates]),
  reason: orNull(Type.String({ description: 'What revoked it: `code_replayed`, `grant_withdrawn` …' })),
  ended_at: orNull(Timestamp),
});

const FamilyNode = Type.Object({
  id: Type.String({ description: 'For `revoke_inspected_token`.' }),
  kind: Type.Enum(['code', 'refresh', 'access']),
  parent: orNull(Type.String({ description: 'Id of what it came from.' })),
  presented: Type.Boolean({ description: 'It is the one that was pasted.' }),
  life: TokenLife,
  issued_at: Timestamp,
  expires_at: Timestamp,
});

const Named = { id: Type.String(), name: Type.String() };

export const InspectedToken = Type.Object({
  kind: orNull(
    Type.String({
      description:
        '`access`, `bot`, `refresh`, `code`, `customer`, `personal` … `jwt`; null for what looks like none.',
    }),
  ),
  found: Type.Enum(['yours', 'not_yours', 'unknown']),
  notes: Type.Array(Type.Enum([...spellingNotes]), { description: 'How it was spelled.' }),
  token: orNull(
    Type.Object({
      id: orNull(Type.String()),
      life: TokenLife,
      app: orNull(
        Type.Object({ id: orNull(Type.String()), name: orNull(Type.String()), client_id: Type.String() }),
      ),
      account: orNull(
        Type.Object({ id: Type.String(), name: orNull(Type.String()), email: orNull(Type.String()) }),
      ),
      bot: orNull(Type.Object(Named)),
      customer: orNull(Type.Object({ id: Type.String(), name: orNull(Type.String()) })),
      organization: Type.Object({ ...Named, license_id: Type.Integer() }),
      name: orNull(Type.String({ description: 'Of a personal access token.' })),
      scopes: Type.Array(
        Type.Object({
          scope: Type.String(),
          title: Type.String(),
          effective: Type.Boolean({ description: 'False: the role of its holder does not allow it now.' }),
        }),
      ),
      resources: orNull(Type.Array(Type.Enum([...resourceNames]))),
      opens: Type.Array(
        Type.Object({
          api: Type.Enum(['agent', 'configuration', 'customer']),
          methods: Type.Array(Type.String()),
        }),
        { description: 'What it opens while it lives.' },
      ),
      issued_at: Timestamp,
      expires_at: Timestamp,
      last_used_at: orNull(Timestamp),
      family: orNull(Type.Object({ nodes: Type.Array(FamilyNode), truncated: Type.Boolean() })),
    }),
  ),
});
export type InspectedToken = Static<typeof InspectedToken>;
