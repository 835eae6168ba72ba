import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listApps, readApp } from './apps.ts';
import { type AuditFilters, listAuditLog } from './audit_log.ts';
import { checkRedirectUri, planScopes, rehearseConsent, testRedirectUri } from './authorization.ts';
import { readFirstSteps } from './first_steps.ts';
import {
  readAppCompatibility,
  readOrganizationCompatibility,
  readOrganizationSettings,
} from './organization.ts';
import { listInvitations, listPeople } from './people.ts';
import { listPersonalAccessTokens } from './personal_access_tokens.ts';
import { findRefusedRequest, listRefusedRequests, type RefusalFilters } from './refused_requests.ts';
import { readDynamicRegistration } from './registration.ts';
import { readScopes } from './scopes.ts';
import { readSession } from './session.ts';
import type { PeopleFilters, RedirectTest, RedirectUriQuestion, ScopeChoice } from './types.ts';

/** What the Console reads, each with its key in the cache. */

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 5 * 60_000,
});

export const scopesQuery = queryOptions({
  queryKey: ['scopes'],
  queryFn: ({ signal }) => readScopes(signal),
  // The catalogue changes only with a new version of the server.
  staleTime: Number.POSITIVE_INFINITY,
});

export const appsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['apps', { search }],
    queryFn: ({ pageParam, signal }) => listApps(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
    placeholderData: keepPreviousData,
  });

export const appQuery = (appId: string) =>
  queryOptions({
    queryKey: ['app', appId],
    queryFn: ({ signal }) => readApp(appId, signal),
  });

export const redirectUriQuery = (question: RedirectUriQuestion) =>
  queryOptions({
    queryKey: ['redirect_uri_check', question],
    queryFn: ({ signal }) => checkRedirectUri(question, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const redirectTestQuery = (test: RedirectTest) =>
  queryOptions({
    queryKey: ['redirect_uri_test', test],
    queryFn: ({ signal }) => testRedirectUri(test, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const consentRehearsalQuery = (appId: string) =>
  queryOptions({
    queryKey: ['consent_rehearsal', appId],
    queryFn: ({ signal }) => rehearseConsent(appId, signal),
    // It depends on all that is set of the app.
    staleTime: 0,
  });

export const scopePlanQuery = (appId: string, scopes: ScopeChoice[]) =>
  queryOptions({
    queryKey: ['scope_plan', appId, scopes],
    queryFn: ({ signal }) => planScopes(appId, scopes, signal),
    placeholderData: keepPreviousData,
  });

const STEPS_EVERY_MS = 3_000;

/** Asked again while something is left to happen, so that each step ticks itself. */
export const firstStepsQuery = queryOptions({
  queryKey: ['first_steps'],
  queryFn: ({ signal }) => readFirstSteps(signal),
  staleTime: 0,
  refetchInterval: (query) => (query.state.data?.steps.every(({ done }) => done) ? false : STEPS_EVERY_MS),
});

export const personalAccessTokensQuery = queryOptions({
  queryKey: ['personal_access_tokens'],
  queryFn: ({ signal }) => listPersonalAccessTokens(signal),
});

export const organizationSettingsQuery = queryOptions({
  queryKey: ['organization_settings'],
  queryFn: ({ signal }) => readOrganizationSettings(signal),
});

export const appCompatibilityQuery = (appId: string) =>
  queryOptions({
    queryKey: ['compatibility', appId],
    queryFn: ({ signal }) => readAppCompatibility(appId, signal),
  });

export const organizationCompatibilityQuery = queryOptions({
  queryKey: ['compatibility'],
  queryFn: ({ signal }) => readOrganizationCompatibility(signal),
});

export const refusedRequestsQuery = (appId: string, filters: RefusalFilters) =>
  infiniteQueryOptions({
    queryKey: ['refused_requests', appId, filters],
    queryFn: ({ pageParam, signal }) => listRefusedRequests(appId, filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
    placeholderData: keepPreviousData,
  });

/** One of any app, by the id that its refusal told. */
export const refusedRequestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['refused_request', requestId],
    queryFn: () => findRefusedRequest(requestId),
    retry: false,
  });

export const auditLogQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit_log', filters],
    queryFn: ({ pageParam, signal }) => listAuditLog(filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
    placeholderData: keepPreviousData,
  });

/** Begins the keys of all lists of people. */
export const PEOPLE = 'people';

export const peopleQuery = (filters: PeopleFilters) =>
  infiniteQueryOptions({
    queryKey: [PEOPLE, filters],
    queryFn: ({ pageParam, signal }) => listPeople(filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
    placeholderData: keepPreviousData,
  });

export const invitationsQuery = infiniteQueryOptions({
  queryKey: ['invitations'],
  queryFn: ({ pageParam, signal }) => listInvitations(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_page_id,
});

export const dynamicRegistrationQuery = queryOptions({
  queryKey: ['dynamic_registration'],
  queryFn: ({ signal }) => readDynamicRegistration(signal),
});
