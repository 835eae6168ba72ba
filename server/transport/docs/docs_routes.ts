import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { serverPostmanCollection } from '../../apis/postman/collection.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type DocsView, docsPage } from '../../pages/docs_page.ts';
import { type PagesDeps, pageRoutes } from '../accounts/pages_plugin.ts';
import { takeBodiesAsBytes } from '../http/body.ts';
import { docsHome } from './docs_home.ts';
import { GUIDES, renderGuide } from './guides.ts';
import { openapiDocument } from './openapi/document.ts';
import { renderReference } from './reference.ts';
import { referencePages } from './reference_pages.ts';
import { docsSearch } from './search.ts';

/** `/docs`: the guides and the API reference; and the Postman collection of the whole server. */
export function docsRoutes({ pages, folder }: { pages: PagesDeps; folder: string }): FastifyPluginAsync {
  const { settings } = pages.services;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    const routes = pageRoutes(app, pages);
    const rendered = new Map<string, { title: string; html: string } | undefined>();

    function article(slug: string): { title: string; html: string } | undefined {
      if (!rendered.has(slug)) {
        const api = referencePages().find((candidate) => candidate.slug === slug);
        rendered.set(
          slug,
          api
            ? { title: api.title, html: renderReference(api, settings.publicUrl) }
            : renderGuide(folder, slug),
        );
      }
      return rendered.get(slug);
    }

    const search = docsSearch(folder, referencePages());
    routes.get('/docs', async (page) =>
      docsPage(page.context, {
        title: 'Documentation',
        articleHtml: docsHome(settings.productName, referencePages()),
        ...navigation(''),
        next: undefined,
      }),
    );
    routes.get('/docs/search', async (page) => {
      const question = page.query.q ?? '';
      const found = search.page(question);
      return docsPage(page.context, {
        title: found.title,
        articleHtml: found.html,
        ...navigation(''),
        question,
        next: undefined,
      });
    });
    routes.get('/docs/:slug', async (page) => {
      const { slug } = page.request.params as { slug: string };
      const found = article(slug);
      if (!found)
        throw new GatehouseError('not_found', 'There is no page of this name in the documentation.');
      const isReference = referencePages().some((api) => api.slug === slug);
      return docsPage(page.context, {
        title: found.title,
        articleHtml: found.html,
        script: isReference ? page.context.assets.reference : undefined,
        ...navigation(slug),
      });
    });

    app.get('/docs/images/:name', async (request, reply) => {
      const { name } = request.params as { name: string };
      const file = /^[a-z0-9-]+\.(png|svg)$/.test(name) ? join(folder, 'images', name) : undefined;
      if (!file || !existsSync(file)) throw new GatehouseError('not_found', 'There is no such picture.');
      return reply
        .header('content-type', name.endsWith('.svg') ? 'image/svg+xml' : 'image/png')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('cache-control', 'public, max-age=3600')
        .send(readFileSync(file));
    });

    let openapi: string | undefined;
    app.get('/openapi.json', async (_request, reply) => {
      openapi ??= JSON.stringify(openapiDocument(settings));
      // Tools in browsers read it from elsewhere; there is nothing of anybody's in it.
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('access-control-allow-origin', '*')
        .header('cache-control', 'public, max-age=300')
        .send(openapi);
    });

    app.get('/postman.json', async (_request, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="gatehouse.postman_collection.json"')
        .send(serverPostmanCollection({ publicUrl: settings.publicUrl, region: settings.region })),
    );
  };
}

function navigation(slug: string): Pick<DocsView, 'nav' | 'previous' | 'next'> {
  const groups = [
    ...GUIDES.map(({ title, guides }) => ({
      title,
      pages: guides.map((guide) => ({
        title: guide.title,
        href: `/docs/${guide.slug}`,
        current: guide.slug === slug,
      })),
    })),
    {
      title: 'API reference',
      pages: referencePages().map((api) => ({
        title: api.title,
        href: `/docs/${api.slug}`,
        current: api.slug === slug,
      })),
    },
  ];
  const flat = groups.flatMap((group) => group.pages);
  const index = flat.findIndex((page) => page.current);
  return { nav: groups, previous: flat[index - 1], next: flat[index + 1] };
}
