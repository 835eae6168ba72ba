import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ClientOfApp } from '../../domain/apps/records.ts';
import type { RefusalEndpoint, RefusalLog } from '../../domain/insight/refused_requests.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import { type RefusalReason, refusalReasonOf } from '../../oauth/refusal_reasons.ts';
import { HTTP_STATUS, toGatehouseError } from './error_mapping.ts';

/** Which app a request says it is from. */
const CLAIMED = Symbol('claimed client');

interface Claiming {
  [CLAIMED]?: string | null;
}

/** Notes the app as soon as a request names it, so that its owner can be told why the request was refused. */
export function noteClient(request: FastifyRequest, clientId: unknown): void {
  if (typeof clientId === 'string' && clientId !== '') (request as Claiming)[CLAIMED] = clientId;
}

/** The app that a request named; for requests of apps that is whose they are. */
export function claimedClient(request: FastifyRequest): string | undefined {
  return (request as Claiming)[CLAIMED] ?? undefined;
}

/** Tells every error that is the caller's to mend to the owner of the app, where an app is known. */
export function watchRefusals(
  app: FastifyInstance,
  log: RefusalLog,
  surface: {
    endpoint(request: FastifyRequest): RefusalEndpoint;
    /** The word on the wire for an error. */
    names: Record<ErrorCode, string>;
  },
): void {
  // So that every request has the place from the start.
  app.decorateRequest(CLAIMED, null);
  app.addHook('onError', (request, _reply, thrown, done) => {
    const error = toGatehouseError(thrown);
    const clientId = error.refusal?.clientId ?? (request as Claiming)[CLAIMED] ?? undefined;
    if (clientId !== undefined && HTTP_STATUS[error.code] < 500) {
      const { refusal } = error;
      const field = error.fields[0]?.field;
      log.refused({
        clientId,
        requestId: request.id,
        endpoint: surface.endpoint(request),
        error: surface.names[error.code],
        reason: refusalReasonOf(error),
        detail: {
          check: refusal?.check ?? error.message,
          ...optional('parameter', refusal?.parameter ?? field),
          ...optional('received', refusal?.received),
          ...optional('expected', refusal?.expected),
          ...placeOf(request),
        },
      });
    }
    done();
  });
}

/** Tells the owner of the app why an authorization request was refused. */
export function tellProblem(
  log: RefusalLog,
  request: FastifyRequest,
  endpoint: RefusalEndpoint,
  known: ClientOfApp | undefined,
  problem: AuthorizationProblem,
): void {
  if (!known) return;
  log.refused({
    clientId: known.client.clientId,
    requestId: request.id,
    endpoint,
    error: problem.exception,
    reason: problem.reason,
    detail: {
      check: problem.check,
      parameter: problem.parameter,
      ...optional('received', problem.received),
      ...optional('nearest', problem.closest),
      ...placeOf(request),
    },
  });
}

/** Tells of a refusal that is no error of ours, in the words of the answer. */
export function tellRefusal(
  log: RefusalLog,
  request: FastifyRequest,
  refusal: {
    endpoint: RefusalEndpoint;
    clientId: string;
    error: string;
    reason: RefusalReason;
    check: string;
  },
): void {
  const { check, ...rest } = refusal;
  log.refused({ ...rest, requestId: request.id, detail: { check, ...placeOf(request) } });
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: string };
}

/** The route's own address: what a stranger writes into the path or the query is not kept. */
function placeOf(request: FastifyRequest): { method: string; path: string } {
  return { method: request.method, path: request.routeOptions.url ?? '' };
}
