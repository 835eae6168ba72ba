import type { AppManifests } from '../domain/apps/app_manifests.ts';
import type { AppService } from '../domain/apps/app_service.ts';
import type { BotService } from '../domain/apps/bots.ts';
import type { ArchiveService } from '../domain/archives/archive_service.ts';
import type { BotTokens } from '../domain/bots/bot_tokens.ts';
import type { OrganizationBots } from '../domain/bots/organization_bots.ts';
import type { ChatService } from '../domain/chats/chat_service.ts';
import type { CustomerService } from '../domain/customers/customer_service.ts';
import type { FileService } from '../domain/files/file_service.ts';
import type { GrantService } from '../domain/grants/grant_service.ts';
import type { IdentityService } from '../domain/identity/identity_service.ts';
import type { InsightService } from '../domain/insight/insight_service.ts';
import type { RateLimits } from '../domain/limits/rate_limits.ts';
import type { OpenidService } from '../domain/openid/openid_service.ts';
import type { PeopleService } from '../domain/people/people_service.ts';
import type { PropertyService } from '../domain/properties/property_service.ts';
import type { RegistrationService } from '../domain/registration/registration_service.ts';
import type { ServerSettings } from '../domain/server_settings.ts';
import type { SignInRulesService } from '../domain/sign_in_rules/sign_in_rules_service.ts';
import type { TagService } from '../domain/tags/tag_service.ts';
import type { TeamService } from '../domain/team/team_service.ts';
import type { WebhookService } from '../domain/webhooks/webhook_service.ts';
import type { WidgetService } from '../domain/widget/widget_service.ts';

/** What handlers may call. Built once, in the composition root. */
export interface Services {
  settings: ServerSettings;
  identity: IdentityService;
  people: PeopleService;
  signInRules: SignInRulesService;
  team: TeamService;
  apps: AppService;
  manifests: AppManifests;
  bots: BotService;
  organizationBots: OrganizationBots & BotTokens;
  registration: RegistrationService;
  grants: GrantService;
  insight: InsightService;
  limits: RateLimits;
  openid: OpenidService;
  chats: ChatService;
  properties: PropertyService;
  tags: TagService;
  customers: CustomerService;
  files: FileService;
  archives: ArchiveService;
  widget: WidgetService;
  webhooks: WebhookService;
}
