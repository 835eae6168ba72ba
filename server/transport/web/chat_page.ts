import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import { CHAT_PAGE_CLIENT } from '../../domain/apps/built_in_clients.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { type PagesDeps, sendErrorPage } from '../accounts/pages_plugin.ts';
import { builtFiles } from './built_files.ts';
import { protectPage } from './web_app.ts';

const TITLE = 'The chat page';

/** Only the page's own script and style sheet, named by the answer's nonce; pictures may be an app's cards'. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' https:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/**
 * `/chat/<organization_id>`: where an organization's customers write to it. Anybody may open it; who they are,
 * the page asks at the token endpoint by the browser's customer cookies.
 */
export function chatPage({ pages, folder }: { pages: PagesDeps; folder: string }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.setErrorHandler((error, request, reply) => sendErrorPage(pages, error, request, reply));
    const files = await builtFiles(app, { folder, title: TITLE, protect: protectFile });

    app.get('/chat/assets/:name', async (request, reply) =>
      files.sendAsset((request.params as { name: string }).name, reply),
    );

    app.get('/chat/:organization_id', async (request, reply) => {
      const id = (request.params as { organization_id: string }).organization_id.toLowerCase();
      const organization = isUuid(id) ? await pages.services.identity.organizationById(id) : undefined;
      if (!organization)
        throw new GatehouseError(
          'not_found',
          'There is no organization with this id. The address of a chat page ends with the id of its organization; ask whoever gave it to you.',
        );
      const { html, nonce } = await files.page();
      const settings = {
        organization_id: organization.id,
        organization_name: organization.name,
        client_id: CHAT_PAGE_CLIENT,
        // The one origin that the token endpoint takes this page from.
        origin: pages.services.settings.publicUrl,
      };
      return protectPage(reply)
        .header('content-security-policy', policyWith(nonce))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(
          // Functions, since a replacement's text may hold `$&`.
          html
            .replace('GATEHOUSE_SETTINGS', () => escapeHtml(JSON.stringify(settings)))
            .replace('GATEHOUSE_TITLE', () => escapeHtml(`Chat with ${organization.name}`)),
        );
    });
  };
}

function protectFile(reply: FastifyReply): FastifyReply {
  return protectPage(reply).header('content-security-policy', "default-src 'none'; sandbox");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
