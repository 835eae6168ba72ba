import { appsTexts } from './en/apps.ts';
import { authorizationTexts } from './en/authorization.ts';
import { chatTexts } from './en/chat.ts';
import { guides } from './en/guides.ts';
import { people } from './en/people.ts';
import { publishingTexts } from './en/publishing.ts';
import { requestsTexts } from './en/requests.ts';
import { securityTexts } from './en/security.ts';
import { shellTexts } from './en/shell.ts';
import { signInTexts } from './en/sign_in.ts';
import { agents, groups } from './en/team.ts';
import { tokenDebuggerTexts } from './en/token_debugger.ts';
import { tokensTexts } from './en/tokens.ts';
import { toolsTexts } from './en/tools.ts';
import { usageTexts } from './en/usage.ts';
import { webhooksTexts } from './en/webhooks.ts';
import { clientTypes, products, roles } from './en/words.ts';

/**
 * Every text of the Console, in English; a file for each part of it. Another language is another object of the
 * same shape. Names that people typed come into a sentence through `nameInSentence`, which keeps their
 * direction from spilling over.
 */
export const en = {
  language: 'en',
  brand: 'Gatehouse',
  product: 'Gatehouse Developer Console',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  roles,
  products,
  clientTypes,
  people,
  agents,
  groups,
  chat: chatTexts,
  ...shellTexts,
  ...appsTexts,
  ...authorizationTexts,
  ...tokensTexts,
  ...securityTexts,
  ...signInTexts,
  ...requestsTexts,
  ...usageTexts,
  ...publishingTexts,
  ...tokenDebuggerTexts,
  ...webhooksTexts,
  ...toolsTexts,
  guides,
};
