import { readFileSync } from 'node:fs';
import { tokenEndpoints } from '../../../server/apis/accounts/token_endpoints.ts';
import type { AccountsMethod, AgentMethod, CustomerMethod } from '../../../server/apis/registry/method.ts';
import { registry } from '../../../server/apis/registry/registry.ts';

/** What LiveChat documents of a method: names alone. */
export interface ReferenceMethod {
  name: string;
  http: string;
  path: string;
  scopes: string[];
  params: { name: string; required: boolean }[];
  root: string;
  /** Of the answer, as its sample and table name them. */
  keys: string[];
  /** Of the structures that the answer refers to. */
  structure_keys: string[];
}

/** Made by tools/reference_data.mjs. */
export interface Reference {
  methods: ReferenceMethod[];
  /** Every name that occurs in the API's structures and calls. */
  names: string[];
}

export const actionApis = ['agent', 'customer', 'configuration'] as const;
export const documentedApis = [...actionApis, 'accounts'] as const;
export type DocumentedApi = (typeof documentedApis)[number];
export type ActionMethod = AgentMethod | CustomerMethod;
export type DocumentedMethod = ActionMethod | AccountsMethod;

export function referenceOf(api: DocumentedApi): Reference {
  const file = new URL(`../../reference/${api}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Reference;
}

/** Methods that the authorization server answers, with tests of its own. */
export function servedElsewhere(api: DocumentedApi): readonly string[] {
  return api === 'accounts' ? tokenEndpoints.map(({ name }) => name) : [];
}

/** What is declared, by name. */
export function declaredOf(api: DocumentedApi): Map<string, DocumentedMethod> {
  const methods: readonly DocumentedMethod[] = registry[api];
  return new Map(methods.filter((method) => method.api === api).map((method) => [method.name, method]));
}

export function isAction(method: DocumentedMethod): method is ActionMethod {
  return method.api !== 'accounts';
}
