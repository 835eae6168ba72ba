import { type Clock, days } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { Editor } from '../apps/app_service.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Storage } from '../storage.ts';
import type { InitialAccessToken, RegistrationMode } from './records.ts';

const LONGEST_NAME = 100;
const LONGEST_LIFE_DAYS = 365;
const TOKENS_PER_ORGANIZATION = 20;

export interface RegistrationState {
  mode: RegistrationMode;
  initialTokens: (InitialAccessToken & { expired: boolean })[];
  /** Apps that nobody has vouched for. */
  unverified: number;
}

/** The owner's side: whether apps may register themselves, and who brings them. */
export interface RegistrationSettings {
  read(licenseId: number): Promise<RegistrationState>;
  setMode(editor: Editor, mode: RegistrationMode): Promise<void>;
  /** @returns the token, readable this once. @throws GatehouseError `validation`, `limit_reached` */
  createToken(
    editor: Editor,
    form: { name: string; expiresInDays: number },
  ): Promise<{ token: InitialAccessToken; text: string }>;
  /** Apps that it registered stay. @throws GatehouseError `not_found` */
  revokeToken(editor: Editor, id: string): Promise<void>;
  /** The owner vouches for an app. @throws GatehouseError `not_found`, `conflict` */
  verify(editor: Editor, appId: string): Promise<void>;
}

export function registrationSettings(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
  onChanged(): void;
}): RegistrationSettings {
  const { storage, clock, audit } = deps;

  return {
    async read(licenseId) {
      const { registrations } = storage.read;
      const [mode, tokens, unverified] = await Promise.all([
        registrations.registrationMode(licenseId),
        registrations.initialTokens(licenseId),
        registrations.countUnverified(licenseId),
      ]);
      const now = clock.now();
      const initialTokens = tokens.map((token) => ({ ...token, expired: token.expiresAt <= now }));
      return { mode, initialTokens, unverified };
    },

    async setMode({ licenseId, accountId, actor }, mode) {
      await storage.write(async (stores) => {
        const before = await stores.registrations.registrationMode(licenseId);
        if (before === mode) return;
        await stores.registrations.setRegistrationMode(licenseId, mode, clock.now());
        await audit(stores, actor, 'organization.dynamic_registration_changed', {
          licenseId,
          accountId,
          detail: { before, mode },
        });
      });
    },

    async createToken({ licenseId, accountId, actor }, form) {
      const name = cleanLine(form.name);
      const problems: FieldProblem[] = [];
      if (name === '')
        problems.push({ field: 'name', message: 'Give the token a name that tells who gets it.' });
      if (name.length > LONGEST_NAME)
        problems.push({ field: 'name', message: `The name may have at most ${LONGEST_NAME} characters.` });
      if (form.expiresInDays < 1 || form.expiresInDays > LONGEST_LIFE_DAYS)
        problems.push({
          field: 'expires_in_days',
          message: `The token lives 1 to ${LONGEST_LIFE_DAYS} days; ${form.expiresInDays} is not among them.`,
        });
      if (problems.length > 0)
        throw new GatehouseError('validation', 'Please check the marked fields.', { fields: problems });
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = deps.tokens.mint('initial', key);
      const token: InitialAccessToken = {
        key,
        id: deps.identifiers.uuid(),
        licenseId,
        name,
        secretHash: minted.secretHash,
        createdBy: accountId,
        createdAt: now,
        expiresAt: now + days(form.expiresInDays),
        lastUsedAt: null,
        uses: 0,
      };
      await storage.write(async (stores) => {
        const present = await stores.registrations.initialTokens(licenseId);
        if (present.length >= TOKENS_PER_ORGANIZATION)
          throw new GatehouseError(
            'limit_reached',
            `An organization may have ${TOKENS_PER_ORGANIZATION} initial access tokens. Revoke one that is no longer used.`,
          );
        await stores.registrations.addInitialToken(token);
        await audit(stores, actor, 'initial_access_token.created', {
          licenseId,
          accountId,
          detail: { id: token.id, name },
        });
      });
      return { token, text: minted.text };
    },

    async revokeToken({ licenseId, accountId, actor }, id) {
      await storage.write(async (stores) => {
        if (!(await stores.registrations.revokeInitialToken(licenseId, id)))
          throw new GatehouseError('not_found', 'There is no initial access token with this id.');
        await audit(stores, actor, 'initial_access_token.revoked', { licenseId, accountId, detail: { id } });
      });
    },

    async verify({ licenseId, accountId, actor }, appId) {
      await storage.write(async (stores) => {
        const now = clock.now();
        await stores.apps.touchApp(licenseId, appId, undefined, now);
        const details = await stores.apps.app(licenseId, appId);
        const clientId = details?.client?.clientId;
        if (!details || clientId === undefined)
          throw new GatehouseError('not_found', 'There is no app with this id in your organization.');
        if (!(await stores.registrations.verifyRegistration(licenseId, clientId, now)))
          throw new GatehouseError(
            'conflict',
            'This app has nothing to verify: people of your organization made it, or it is verified already.',
          );
        await audit(stores, actor, 'app.verified', {
          licenseId,
          accountId,
          clientId,
          detail: { app_id: appId, app_name: details.app.name },
        });
      });
      deps.onChanged();
    },
  };
}
