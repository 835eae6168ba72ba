import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { AnsweredAuthorization } from '../../domain/grants/authorization.ts';
import type { PopupAnswer } from '../../oauth/authorization_answer.ts';
import { ooopsPage } from '../../pages/ooops.ts';
import { type PopupDelivery, popupAnswerPage } from '../../pages/popup_answer.ts';
import { keepOpener } from '../http/security_headers.ts';
import { ownerHint } from './owner_hint.ts';
import type { PageRequest } from './pages_plugin.ts';

/** Gives the app its answer: sends the browser back to it, or, in a popup, a message to the page behind it. */
export async function answerApp(
  page: PageRequest,
  services: Services,
  { answer, known, refused }: AnsweredAuthorization,
): Promise<FastifyReply> {
  if (answer.kind === 'redirect') return toApp(page.reply, answer.address);
  const delivery = deliveryOf(answer, known.app.name);
  keepOpener(page.reply);
  if (!refused) return page.reply.send(popupAnswerPage(page.context, delivery));
  const account = page.browser.active?.account;
  return page.reply.code(400).send(
    ooopsPage(page.context, {
      oauthException: refused.exception,
      exceptionDetails: refused.details,
      requestId: page.request.id,
      ownerHint: await ownerHint(services, account, known, refused),
      delivery,
    }),
  );
}

function deliveryOf({ origin, message }: PopupAnswer, appName: string): PopupDelivery {
  return { origin, message: JSON.stringify(message), appName };
}

/** Back to the app: never kept by a cache, never told to others as a referrer (RFC 9700 §4.2). */
export function toApp(reply: FastifyReply, address: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .header('referrer-policy', 'no-referrer')
    .redirect(address, 303);
}
