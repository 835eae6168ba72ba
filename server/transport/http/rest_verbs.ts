import type { FastifyInstance } from 'fastify';
import { GatehouseError } from '../../kernel/errors.ts';

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

interface RestMethod {
  http: { method: string; path: string };
}

/** At each address of these methods the verbs that none of them takes are refused, naming those that are (405). */
export function refuseOtherVerbs(
  app: FastifyInstance,
  methods: readonly RestMethod[],
  bodyLimit: number,
): void {
  const verbs = new Map<string, string[]>();
  for (const { http } of methods) verbs.set(http.path, [...(verbs.get(http.path) ?? []), http.method]);
  for (const [path, taken] of verbs)
    app.route({
      method: VERBS.filter((verb) => !taken.includes(verb)),
      url: path,
      bodyLimit,
      handler: async (request, reply) => {
        reply.header('allow', taken.join(', '));
        throw new GatehouseError(
          'method_not_allowed',
          `This address takes ${taken.join(', ')}; this was ${request.method}.`,
        );
      },
    });
}
