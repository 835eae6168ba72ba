import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import Type from 'typebox';
import { validator } from '../../apis/registry/validate.ts';
import { type MovableClock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { devMailListPage, devMailPage } from '../../pages/dev_mail.ts';
import { paths } from '../../pages/paths.ts';
import { type PagesDeps, pageRoutes } from '../accounts/pages_plugin.ts';
import { readBody, takeBodiesAsBytes } from '../http/body.ts';

const SHOWN = 100;
const readClockMove = validator(
  Type.Object(
    {
      advance_seconds: Type.Optional(Type.Number({ minimum: 0, maximum: 315_360_000 })),
      reset: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
);

/** Development mode's own pages: the mail that is not sent, and the clock that can be moved. */
export function developmentRoutes(deps: PagesDeps & { clock: MovableClock }): FastifyPluginAsync {
  const { clock } = deps;
  const { outbox } = deps.services.identity;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    const routes = pageRoutes(app, deps);

    routes.get(paths.devMail, async (page) => {
      const mails = await outbox.latest(SHOWN);
      return devMailListPage(page.context, {
        now: clock.now(),
        mails: mails.map((mail) => ({
          id: String(mail.key),
          to: mail.recipient,
          subject: mail.subject,
          sentAt: mail.createdAt,
        })),
      });
    });

    routes.get(`${paths.devMail}/:id`, async (page) => {
      const key = Number((page.request.params as { id: string }).id);
      const mail = Number.isSafeInteger(key) ? await outbox.mail(key) : undefined;
      if (!mail) throw new GatehouseError('not_found', 'There is no such mail.');
      return devMailPage(page.context, {
        headers: [
          { name: 'From', value: deps.services.settings.mail.from },
          { name: 'To', value: mail.recipient },
          { name: 'Date', value: formatTimestamp(mail.createdAt) },
        ],
        subject: mail.subject,
        text: mail.text,
      });
    });

    app.get('/dev/clock', async () => clockAnswer(clock));
    app.post('/dev/clock', async (request) => {
      const move = readClockMove(readBody(request, ['json']));
      if (move.reset) clock.reset();
      clock.advance(seconds(move.advance_seconds ?? 0));
      return clockAnswer(clock);
    });
  };
}

function clockAnswer(clock: MovableClock): object {
  return { now: formatTimestamp(clock.now()), offset_seconds: clock.offset() / seconds(1) };
}
