import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

export interface Health {
  /** Throws when the storage cannot answer. */
  probe(): Promise<void>;
  /** False while the server drains. */
  accepting(): boolean;
  /** True while so much waits that others should get what comes; well before anything has to be refused. */
  busy(): boolean;
}

/** `/healthz`: the process lives. `/readyz`: it can answer requests. */
export function healthRoutes(health: Health): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }));
    app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
      if (!health.accepting()) return reply.code(503).send({ status: 'draining' });
      if (health.busy()) return reply.code(503).header('retry-after', '1').send({ status: 'busy' });
      try {
        await health.probe();
        return { status: 'ready' };
      } catch (error) {
        request.log.error({ err: error }, 'not ready');
        return reply.code(503).header('retry-after', '1').send({ status: 'storage unavailable' });
      }
    });
  };
}
