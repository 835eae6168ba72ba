import Type from 'typebox';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { consoleMethod } from '../registry/method.ts';
import { Timestamp } from './schemas.ts';

const steps = ['app', 'block', 'redirect', 'code', 'token', 'list_chats'] as const;

/** Of the newest apps so many are looked at. */
const LOOKED_AT = 25;

export const getFirstSteps = consoleMethod({
  name: 'get_first_steps',
  summary: 'Say how far the organization got with its first app',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/first_steps' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    app: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()], {
      description: 'The app that is furthest along.',
    }),
    steps: Type.Array(
      Type.Object({
        step: Type.Enum([...steps]),
        done: Type.Boolean(),
        at: Type.Union([Timestamp, Type.Null()], { description: 'Of what happened at run time.' }),
      }),
    ),
  }),
  handler: async ({ services, caller }) => {
    const { licenseId } = caller.organization;
    const [{ apps }, reached] = await Promise.all([
      services.apps.list(licenseId, { search: '', before: undefined, limit: LOOKED_AT }),
      services.insight.firstSteps.of(licenseId),
    ]);
    const progress = ({ client }: (typeof apps)[number]): number =>
      client === undefined ? 1 : client.redirectUris.length === 0 ? 2 : 3;
    // The oldest of those that are equally far: the one that the steps were taken with.
    const [first] = [...apps].reverse().sort((a, b) => progress(b) - progress(a));
    const setUp = first ? progress(first) : 0;
    const set = (['app', 'block', 'redirect'] as const).map((step, index) => ({
      step,
      done: setUp > index,
      at: null,
    }));
    const ran = (['code', 'token', 'list_chats'] as const).map((step) => {
      const at = reached.get(step);
      return { step, done: at !== undefined, at: at === undefined ? null : formatTimestamp(at) };
    });
    return {
      app: first ? { id: first.app.id, name: first.app.name } : null,
      steps: [...set, ...ran],
    };
  },
});
