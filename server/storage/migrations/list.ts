import { ground } from './0001_ground.ts';
import { chats } from './0002_chats.ts';
import { customerIdentities } from './0003_customer_identities.ts';
import { standardDialect } from './0004_standard_dialect.ts';
import { openid } from './0005_openid.ts';
import { bots } from './0006_bots.ts';
import { secondFactors } from './0007_second_factors.ts';
import { people } from './0008_people.ts';
import { insight } from './0009_insight.ts';

import { liveTokens } from './0010_live_tokens.ts';
import { tokenHolders } from './0011_token_holders.ts';

import { dynamicRegistration } from './0012_dynamic_registration.ts';

import { routing } from './0013_routing.ts';
import { properties } from './0014_properties.ts';

import { visitors } from './0015_visitors.ts';
import { filesAndArchives } from './0016_files_and_archives.ts';

import { inbox } from './0018_inbox.ts';
import { team } from './0019_team.ts';
import { agents } from './0023_agents.ts';

import { organizationBots } from './0024_organization_bots.ts';
import { autoAccess } from './0025_auto_access.ts';
import { tagsAndCompany } from './0026_tags_and_company.ts';
import { webhooks } from './0027_webhooks.ts';
import { accountsApi } from './0028_accounts_api.ts';
import { signInRules } from './0029_sign_in_rules.ts';
import { developerTools } from './0030_developer_tools.ts';
import { appRequests } from './0031_app_requests.ts';

import { appReviews } from './0032_app_reviews.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. Append only. */
export const migrations: readonly Migration[] = [
  ground,
  chats,
  customerIdentities,
  standardDialect,
  openid,
  bots,
  secondFactors,
  people,
  insight,
  liveTokens,
  tokenHolders,
  dynamicRegistration,
  routing,
  properties,
  visitors,
  filesAndArchives,
  inbox,
  team,
  agents,
  organizationBots,
  autoAccess,
  tagsAndCompany,
  webhooks,
  accountsApi,
  signInRules,
  developerTools,
  appRequests,
  appReviews,
];
