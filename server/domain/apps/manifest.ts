import Type, { type Static } from 'typebox';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { AuthorizationSettings } from './app_service.ts';
import { type AppDetails, products } from './records.ts';

const scope = Type.Object({ scope: Type.String({ maxLength: 200 }), required: Type.Boolean() });

/**
 * An app as a file to keep beside its code: LiveChat's `livechat.config.json` (getting-started/developer-cli). The
 * keys that are not LiveChat's own may be left out, and then stay as they are.
 */
export const Manifest = Type.Object(
  {
    id: Type.Optional(Type.String({ description: 'Of the app. It cannot be changed.' })),
    name: Type.String(),
    product: Type.Optional(Type.Enum(products, { description: 'It cannot be changed.' })),
    shortDescription: Type.Optional(Type.String()),
    blocks: Type.Optional(
      Type.Object({
        authorization: Type.Optional(
          Type.Object({
            clientId: Type.Optional(Type.String({ description: 'It cannot be changed.' })),
            type: Type.Enum(['server_side_app', 'javascript_app'], {
              description: 'It cannot be changed once the block is there.',
            }),
            redirectUri: Type.Optional(
              Type.Union([Type.String(), Type.Array(Type.String())], {
                description: 'Joined by commas, or a list where an address contains one.',
              }),
            ),
            postLogoutRedirectUri: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
            scopes: Type.Optional(Type.Array(scope, { maxItems: 200 })),
            profile: Type.Optional(Type.Enum(['compatible', 'strict'])),
            switches: Type.Optional(
              Type.Object({
                acceptSubPaths: Type.Boolean(),
                allowPlainHttp: Type.Boolean(),
                rotateRefreshTokens: Type.Boolean(),
              }),
            ),
          }),
        ),
      }),
    ),
  },
  { additionalProperties: false },
);
export type Manifest = Static<typeof Manifest>;

/** One place where a manifest and the app differ. `from` is null for what is new. */
export interface ManifestChange {
  /** `blocks.authorization.scopes`. */
  path: string;
  from: unknown;
  to: unknown;
}

const joined = (uris: readonly string[]): string | string[] =>
  uris.some((uri) => uri.includes(',')) ? [...uris] : uris.join(',');

const parted = (uris: string | string[]): string[] =>
  (Array.isArray(uris) ? uris : uris.split(',')).map((uri) => uri.trim()).filter((uri) => uri !== '');

/** The app as it is now. Never a secret. */
export function manifestOf({ app, client }: Pick<AppDetails, 'app' | 'client'>): Manifest {
  return {
    id: app.id,
    name: app.name,
    product: app.product,
    shortDescription: app.shortDescription,
    blocks: client
      ? {
          authorization: {
            clientId: client.clientId,
            type: client.type,
            redirectUri: joined(client.redirectUris),
            postLogoutRedirectUri: joined(client.postLogoutRedirectUris),
            scopes: client.scopes.map(({ scope: id, required }) => ({ scope: id, required })),
            profile: client.profile,
            switches: { ...client.switches },
          },
        }
      : {},
  };
}

const FIXED = ['id', 'product', 'blocks.authorization.clientId', 'blocks.authorization.type'];

/**
 * What applying a manifest would change. What it leaves out stays as it is; a block that it leaves out, too.
 * @throws GatehouseError `validation` for what cannot be changed
 */
export function manifestChanges(now: Manifest, wanted: Manifest): ManifestChange[] {
  const before = flat(now);
  const changes = [...flat(wanted)].flatMap(([path, to]) => {
    const from = before.get(path) ?? null;
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
  });
  const fields: FieldProblem[] = changes
    .filter(({ path, from }) => FIXED.includes(path) && from !== null)
    .map(({ path, from, to }) => ({
      field: path,
      message: `It is ${JSON.stringify(from)} and cannot become ${JSON.stringify(to)}. Write what it is, or leave it out.`,
    }));
  const [first] = fields;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields });
  return changes.filter(({ path }) => path !== 'blocks.authorization.clientId');
}

/** Lists of addresses compare as lists, however they were written. */
function flat(manifest: Manifest): Map<string, unknown> {
  const { blocks, ...own } = manifest;
  const { redirectUri, postLogoutRedirectUri, ...block } = blocks?.authorization ?? {};
  const pairs: [string, unknown][] = [
    ...Object.entries(own),
    ...Object.entries({
      ...block,
      ...(redirectUri === undefined ? {} : { redirectUri: parted(redirectUri) }),
      ...(postLogoutRedirectUri === undefined
        ? {}
        : { postLogoutRedirectUri: parted(postLogoutRedirectUri) }),
    }).map(([name, value]): [string, unknown] => [`blocks.authorization.${name}`, value]),
  ];
  return new Map(pairs.filter(([, value]) => value !== undefined));
}

/** The settings of the block as a manifest wants them; undefined where it says nothing of it. */
export function settingsOf(details: AppDetails, wanted: Manifest): AuthorizationSettings | undefined {
  const { client, app } = details;
  const block = wanted.blocks?.authorization;
  if (!block || !client) return undefined;
  return {
    version: app.version,
    redirectUris: block.redirectUri === undefined ? client.redirectUris : parted(block.redirectUri),
    postLogoutRedirectUris:
      block.postLogoutRedirectUri === undefined
        ? client.postLogoutRedirectUris
        : parted(block.postLogoutRedirectUri),
    scopes: block.scopes ?? client.scopes,
    profile: block.profile ?? client.profile,
    switches: block.switches ?? client.switches,
  };
}
