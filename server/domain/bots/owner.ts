import { GatehouseError } from '../../kernel/errors.ts';

/** What is wrong with the app that a bot or a template is to belong to. */
export function ownerProblem(message: string): GatehouseError {
  return new GatehouseError('validation', `owner_client_id: ${message}`, {
    fields: [{ field: 'owner_client_id', message }],
  });
}
