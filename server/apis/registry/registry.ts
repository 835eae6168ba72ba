import { accountsMethods } from '../accounts/index.ts';
import { agentMethods } from '../agent/index.ts';
import { configurationMethods } from '../configuration/index.ts';
import { consoleMethods } from '../console/index.ts';
import { customerMethods } from '../customer/index.ts';
import type { AccountsMethod, AgentMethod, ConsoleMethod, CustomerMethod, Method } from './method.ts';

/** Every method that is served: the only list. Routes, checks, documentation and collections derive from it. */
export const registry = {
  agent: agentMethods as readonly AgentMethod[],
  customer: customerMethods as readonly CustomerMethod[],
  configuration: configurationMethods as readonly AgentMethod[],
  accounts: accountsMethods as readonly AccountsMethod[],
  console: consoleMethods as readonly ConsoleMethod[],
} as const;

export function allMethods(): readonly Method[] {
  return [
    ...registry.agent,
    ...registry.customer,
    ...registry.configuration,
    ...registry.accounts,
    ...registry.console,
  ];
}
