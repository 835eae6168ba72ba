import { accountAppsPage, revokeAppPage } from './account_apps.ts';
import { accountOrganizationsPage } from './account_organizations.ts';
import { accountProfilePage } from './account_profile.ts';
import { accountSessionsPage } from './account_sessions.ts';
import { chooseAccountPage } from './choose_account.ts';
import { chooseOrganizationPage } from './choose_organization.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import {
  chrome,
  consent,
  delivery,
  entry,
  grant,
  iphone,
  minutes,
  now,
  olivia,
  organizations,
  scopes,
  signedIn,
} from './gallery_samples.ts';
import { grantAccessPage } from './grant_access.ts';
import { ooopsPage } from './ooops.ts';
import { popupAnswerPage } from './popup_answer.ts';

/** Authorize and account pages. */
export const authorize: GalleryEntry[] = [
  entry(
    'choose_organization',
    chooseOrganizationPage,
    { handle: 'h', continueTo: 'Chat Insights', organizations },
    signedIn,
  ),
  entry(
    'choose_account',
    chooseAccountPage,
    { handle: 'h', continueTo: 'Chat Insights', account: olivia },
    signedIn,
  ),
  entry('grant_access', grantAccessPage, consent, signedIn),
  entry(
    'grant_access_grown',
    grantAccessPage,
    {
      ...consent,
      app: { name: 'Chat Insights', trust: 'private', iconUrl: '/assets/mark.svg' },
      scopes: scopes.map((scope, index) => ({ ...scope, isNew: index > 1 })),
      redirect: { kind: 'loopback', target: '127.0.0.1:8700' },
    },
    signedIn,
  ),
  entry(
    'grant_access_unverified',
    grantAccessPage,
    {
      ...consent,
      app: {
        name: 'Super­califragilistic Conversation Analytics Suite',
        trust: 'unverified',
        madeBy: 'Somebody Else',
      },
      redirect: { kind: 'native', target: 'com.example.insights' },
    },
    signedIn,
  ),
  entry(
    'grant_access_registered',
    grantAccessPage,
    { ...consent, app: { name: 'Totally Official Chat Tool', trust: 'registered', madeBy: 'Acme' } },
    signedIn,
  ),
  entry(
    'grant_access_popup',
    grantAccessPage,
    { ...consent, redirect: { kind: 'opener', target: '127.0.0.1:8700' } },
    signedIn,
  ),
  entry('popup_answer', popupAnswerPage, delivery, signedIn),
  entry(
    'ooops_popup',
    ooopsPage,
    { oauthException: 'access_denied', requestId: '01KG8Z6Y0M7Q2V5R', delivery },
    signedIn,
  ),
  entry('ooops', ooopsPage, {
    oauthException: 'unauthorized_client',
    exceptionDetails: 'invalid_redirect_uri',
    requestId: '01KG8Z6Y0M7Q2V5R',
  }),
  entry('ooops_scope', ooopsPage, { oauthException: 'invalid_scope', requestId: '01KG8Z6Y0M7Q2V5R' }),
  entry('ooops_identity', ooopsPage, { identityException: 'access_denied', requestId: '01KG8Z6Y0M7Q2V5R' }),
  entry(
    'ooops_owner',
    ooopsPage,
    {
      oauthException: 'unauthorized_client',
      exceptionDetails: 'invalid_redirect_uri',
      requestId: '01KG8Z6Y0M7Q2V5R',
      ownerHint: {
        appName: 'Chat Insights',
        parameter: 'redirect_uri',
        check: 'must equal a registered address, character for character.',
        received: 'https://insights.acme.example/Oauth/callback?from=chat',
        closest: 'https://insights.acme.example/oauth/callback',
        consoleUrl: '/console/apps/1/authorization',
      },
    },
    signedIn,
  ),
  entry(
    'ooops_owner_none',
    ooopsPage,
    {
      oauthException: 'unauthorized_client',
      exceptionDetails: 'redirect_uri_not_set',
      requestId: '01KG8Z6Y0M7Q2V5R',
      ownerHint: {
        appName: 'Chat Insights',
        parameter: 'redirect_uri',
        check: 'the app needs at least one redirect URI before anybody can allow it.',
        consoleUrl: '/console/apps/1/authorization',
      },
    },
    signedIn,
  ),
];

export const account: GalleryEntry[] = [
  entry(
    'account_profile',
    accountProfilePage,
    { ...olivia, emailConfirmed: true, passwordMinLength: 12, notice: 'Your name was changed.' },
    signedIn,
  ),
  entry(
    'account_profile_refused',
    accountProfilePage,
    {
      ...olivia,
      emailConfirmed: false,
      passwordMinLength: 12,
      problems: [{ field: 'current_password', message: 'This is not your current password.' }],
    },
    { ...signedIn, developmentMode: true },
  ),
  entry(
    'account_sessions',
    accountSessionsPage,
    {
      now,
      sessions: [
        {
          id: 's1',
          current: true,
          userAgent: chrome,
          address: '203.0.113.7',
          startedAt: now - minutes(9),
          lastSeenAt: now,
          apps: ['List Chats', 'Reports for the team'],
        },
        {
          id: 's2',
          current: false,
          userAgent: iphone,
          address: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
          startedAt: now - minutes(60 * 24 * 90),
          lastSeenAt: now - minutes(180),
          apps: ['List Chats'],
        },
        {
          id: 's3',
          current: false,
          userAgent: null,
          address: null,
          startedAt: now - minutes(9000),
          lastSeenAt: now - minutes(8000),
          apps: [],
        },
      ],
    },
    signedIn,
  ),
  entry(
    'account_sessions_alone',
    accountSessionsPage,
    {
      now,
      notice: 'All other sessions were signed out.',
      sessions: [
        {
          id: 's1',
          current: true,
          userAgent: chrome,
          address: '127.0.0.1',
          startedAt: now,
          lastSeenAt: now,
          apps: [],
        },
      ],
    },
    signedIn,
  ),
  entry(
    'account_apps',
    accountAppsPage,
    {
      now,
      grants: [
        grant,
        {
          ...grant,
          id: 'g2',
          appName: '9 to 5',
          iconUrl: '/assets/mark.svg',
          lastUsedAt: null,
          scopes: scopes.slice(0, 1),
        },
      ],
    },
    signedIn,
  ),
  entry(
    'account_apps_none',
    accountAppsPage,
    { now, grants: [], notice: 'The access of Chat Insights was revoked.' },
    signedIn,
  ),
  entry('account_apps_revoke', revokeAppPage, { grant, now }, signedIn),
  entry('account_organizations', accountOrganizationsPage, { organizations }, signedIn),
  entry('account_organizations_none', accountOrganizationsPage, { organizations: [] }, signedIn),
];
