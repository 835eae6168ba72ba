import Type, { type Static, type TSchema } from 'typebox';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { livechatError } from '../present/livechat_error.ts';
import type { AgentMethod, CallContext } from './method.ts';
import { validator } from './validate.ts';

/** LiveChat names no number. */
export const MOST_IN_A_BATCH = 100;

const failed = Type.Object({
  error: Type.Object({
    type: Type.String(),
    message: Type.String(),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
});

/**
 * The twin of a method that does it many times (docs: configuration-api#batch-requests): each item is read,
 * checked and answered by itself, in the order in which they came. Scopes are those of the method.
 */
export function batchMethod<I extends TSchema, O extends TSchema>(
  method: AgentMethod<I, O>,
  { name, source = 'management/configuration-api#batch-requests' }: { name: string; source?: string },
): AgentMethod {
  const validate = validator(method.input);
  type Context = CallContext<Parameters<typeof method.handler>[0]['caller'], unknown>;

  async function answer(context: Context, item: unknown): Promise<Static<O> | Static<typeof failed>> {
    try {
      return await method.handler({ ...context, input: validate(item) });
    } catch (error) {
      if (isGatehouseError(error)) return livechatError(error);
      context.request.unexpected(error);
      return livechatError(new GatehouseError('internal', 'Internal server error'));
    }
  }

  const { api, scopes, partScopes, example } = method;
  return {
    api,
    name,
    summary: `Do ${method.name} many times in one call.`,
    description: `Each item of \`requests\` is what \`${method.name}\` takes, and answers for itself, in the same place of \`responses\`: with that method’s answer, or with an error. Others are done all the same. They are done at the same time, in no order.`,
    scopes,
    ...(partScopes ? { partScopes } : {}),
    input: Type.Object({
      requests: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MOST_IN_A_BATCH }),
    }),
    output: Type.Object({ responses: Type.Array(Type.Union([method.output, failed])) }),
    ...(example === undefined ? {} : { example: { requests: [example] } }),
    source,
    async handler({ input, ...context }) {
      const { requests } = input as { requests: unknown[] };
      return {
        responses: await Promise.all(requests.map((item) => answer({ ...context, input: item }, item))),
      };
    },
  };
}
