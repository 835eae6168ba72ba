import { readFileSync } from 'node:fs';
import type { AgentMethod, CustomerMethod } from '../../../server/apis/registry/method.ts';
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

export const documentedApis = ['agent', 'customer', 'configuration'] as const;
export type DocumentedApi = (typeof documentedApis)[number];
export type ActionMethod = AgentMethod | CustomerMethod;

export function referenceOf(api: DocumentedApi): Reference {
  const file = new URL(`../../reference/${api}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Reference;
}

/** What is declared, by name. */
export function declaredOf(api: DocumentedApi): Map<string, ActionMethod> {
  const methods: readonly ActionMethod[] = registry[api];
  return new Map(methods.filter((method) => method.api === api).map((method) => [method.name, method]));
}
