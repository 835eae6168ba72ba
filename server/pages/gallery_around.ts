import { devMailListPage, devMailPage } from './dev_mail.ts';
import { docsPage } from './docs_page.ts';
import { errorPage } from './error_page.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import { entry, minutes, now, olivia } from './gallery_samples.ts';

/** Errors, mail of development mode, docs. */
export const around: GalleryEntry[] = [
  ...([400, 403, 404, 405, 413, 415, 500] as const).map((kind) =>
    entry(`error_${kind}`, errorPage, { kind, requestId: '01KG8Z6Y0M7Q2V5R' }),
  ),
  entry('error_429', errorPage, {
    kind: 429,
    requestId: '01KG8Z6Y0M7Q2V5R',
    retryAfterSeconds: 30,
    backHref: '/signin',
  }),
  entry('error_503', errorPage, { kind: 503, requestId: '01KG8Z6Y0M7Q2V5R', retryAfterSeconds: 120 }),
  entry('error_csrf', errorPage, { kind: 'csrf', requestId: '01KG8Z6Y0M7Q2V5R', backHref: '/signup' }),
  entry('error_detail', errorPage, {
    kind: 400,
    requestId: '01KG8Z6Y0M7Q2V5R',
    detail: 'The parameter “client_id” was sent twice.',
  }),
  entry('dev_mail_none', devMailListPage, { now, mails: [] }, { developmentMode: true }),
  entry(
    'dev_mail',
    devMailListPage,
    {
      now,
      mails: [
        { id: '2', to: olivia.email, subject: 'Set a new password for Gatehouse', sentAt: now - minutes(2) },
        {
          id: '1',
          to: olivia.email,
          subject: 'Confirm your email for Gatehouse',
          sentAt: now - minutes(300),
        },
      ],
    },
    { developmentMode: true },
  ),
  entry(
    'dev_mail_one',
    devMailPage,
    {
      subject: 'Confirm your email for Gatehouse',
      headers: [
        { name: 'From', value: 'Gatehouse <no-reply@localhost>' },
        { name: 'To', value: 'Olivia Owner <olivia@acme.example>' },
        { name: 'Date', value: 'Sat, 31 Jan 2026 07:11:28 +0000' },
      ],
      text: 'Hello Olivia Owner,\n\nYour account is ready.\n\nConfirm this address:\nhttp://localhost:8080/confirm-email?token=Zk3vQ8xY2mW7pL0aS5dF9gH1jK4lZxCvBnMqWeRtYui\n\nThe link works once, for 3 days.\n\n— Gatehouse\n',
    },
    { developmentMode: true },
  ),
  entry('docs', docsPage, {
    title: 'The walk',
    nav: [
      {
        title: 'Start',
        pages: [
          { title: 'The walk', href: '/docs/walk', current: true },
          { title: 'Configuration', href: '/docs/configuration' },
        ],
      },
      {
        title: 'Reference',
        pages: [
          { title: 'List Chats', href: '/docs/list-chats' },
          { title: 'Errors', href: '/docs/errors' },
        ],
      },
    ],
    articleHtml: `<h1>The walk</h1><p>From sign-up to a first answer of <code>list_chats</code>. Every step works in a browser <em>and</em> by curl.</p>
<h2>Get a token</h2><ol><li>Open the authorize address.</li><li>Exchange the code.</li></ol>
<pre><code class="language-sh">curl http://localhost:8080/v2/token -d grant_type=authorization_code -d code=dal:… -d client_id=81e8a326ec4a63252faa0ae6f660c0c8
</code></pre><blockquote><p>A code works once, within a minute.</p></blockquote>
<table><thead><tr><th>Parameter</th><th>Needed</th><th>Meaning</th></tr></thead><tbody><tr><td><code>grant_type</code></td><td>yes</td><td>What is exchanged for the token.</td></tr><tr><td><code>code</code></td><td>yes</td><td>As it came to the redirect URI.</td></tr></tbody></table>`,
    previous: { title: 'Install', href: '/docs/install' },
    next: { title: 'Configuration', href: '/docs/configuration' },
  }),
];
