import { registry } from '../../../apis/registry/registry.ts';
import { accountsOperation } from './accounts_operations.ts';
import { actionOperations } from './action_operations.ts';
import { componentSchemas } from './components.ts';
import { livechatOperations } from './livechat_operations.ts';
import type { Json, Operation } from './operation.ts';
import { securitySchemes } from './security.ts';
import { standardOperations } from './standard_operations.ts';

const TAGS: readonly [name: string, description: string][] = [
  ['Agent Chat API', 'What agents and their apps do in chats.'],
  ['Customer Chat API', 'What customers do in their chats.'],
  ['Configuration API', 'How an organization is set up.'],
  ['Global Accounts API', 'People of an organization, and the organization itself.'],
  ['Authorization', 'LiveChat’s dialect of OAuth.'],
  ['Customer authorization', 'Tokens of customers.'],
  ['Standard OAuth', 'What any OAuth library speaks.'],
  ['Dynamic registration', 'Apps that register themselves.'],
];

/** Every operation of the public APIs, from the declarations. */
export function publicOperations(): Operation[] {
  return [
    ...[...registry.agent, ...registry.customer, ...registry.configuration].flatMap(actionOperations),
    ...registry.accounts.map(accountsOperation),
    ...livechatOperations,
    ...standardOperations,
  ];
}

/** The description of the server's public APIs in OpenAPI 3.1. */
export function openapiDocument(options: { publicUrl: string; productName: string; version: string }): Json {
  const { publicUrl, productName, version } = options;
  const paths: Record<string, Json> = {};
  const used = new Set<unknown>();
  for (const { verb, path, operation } of publicOperations()) {
    paths[path] = { ...paths[path], [verb]: operation };
    for (const tag of operation.tags as string[]) used.add(tag);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: productName,
      version,
      summary: 'Live chat that you run yourself.',
      description: `Made from the declarations that serve the requests. Guides and the same reference to read: ${publicUrl}/docs.`,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: TAGS.filter(([name]) => used.has(name)).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: componentSchemas(paths), securitySchemes: securitySchemes(publicUrl) },
  };
}
