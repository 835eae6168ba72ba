import { queryOptions } from '@tanstack/react-query';
import { isApiError } from './api_error.ts';
import { path, request } from './request.ts';

export type DomainState = 'pending' | 'verified' | 'lapsed';
export type DomainProblem = 'no_record' | 'other_record' | 'no_answer' | 'held_by_another';

export interface OrganizationDomain {
  domain_id: string;
  domain: string;
  state: DomainState;
  verification: {
    name: string;
    value: string;
    problem: DomainProblem | null;
    checked_at: string | null;
  };
}

export interface SamlConfiguration {
  entrypoint: string;
  certificate: string;
  idp_entity_id: string;
  sp_entity_id: string;
  active: boolean;
  provisioning: 'off' | 'members';
}

export type SamlInput = Pick<
  SamlConfiguration,
  'entrypoint' | 'certificate' | 'idp_entity_id' | 'provisioning'
>;

export interface SignInRules {
  service_provider: { entity_id: string; acs_url: string; metadata_url: string };
  test_url: string;
  certificates: { expires_at: string; fingerprint: string }[];
  uncovered: string[];
}

const OWN = '/v2/organizations/my';

export const domainsQuery = queryOptions({
  queryKey: ['sign_in', 'domains'],
  queryFn: ({ signal }) => request<OrganizationDomain[]>('GET', `${OWN}/domains`, { signal }),
});

export const loginMethodsQuery = queryOptions({
  queryKey: ['sign_in', 'login_methods'],
  queryFn: async ({ signal }) => {
    const enforced = await request<unknown[]>('GET', `${OWN}/login_methods`, { signal });
    return { saml: enforced.length > 0 };
  },
});

/** Null where there is none. */
export const samlQuery = queryOptions({
  queryKey: ['sign_in', 'saml'],
  queryFn: async ({ signal }): Promise<SamlConfiguration | null> => {
    try {
      return await request('GET', `${OWN}/saml`, { signal });
    } catch (error) {
      if (isApiError(error, 'not_found')) return null;
      throw error;
    }
  },
});

export const signInRulesQuery = queryOptions({
  queryKey: ['sign_in', 'rules'],
  queryFn: ({ signal }) => request<SignInRules>('GET', '/sign_in_rules', { signal }),
});

export function addDomain(domain: string): Promise<OrganizationDomain> {
  return request('POST', `${OWN}/domains`, { body: { domain } });
}

export function checkDomain(id: string): Promise<OrganizationDomain> {
  return request('POST', path`/organization/domains/${id}/check`, { body: {} });
}

export function removeDomain(id: string): Promise<unknown> {
  return request('DELETE', path`/v2/organizations/my/domains/${id}`);
}

export function createSaml(input: SamlInput): Promise<unknown> {
  return request('POST', `${OWN}/saml`, { body: input });
}

export function updateSaml(change: Partial<SamlInput> & { active?: boolean }): Promise<SamlConfiguration> {
  return request('PATCH', `${OWN}/saml`, { body: change });
}

export function deleteSaml(): Promise<unknown> {
  return request('DELETE', `${OWN}/saml`);
}

export function enforceSaml(): Promise<unknown> {
  return request('POST', `${OWN}/login_methods`, { body: { login_method: 'saml' } });
}

export function releaseSaml(): Promise<unknown> {
  return request('DELETE', `${OWN}/login_methods/saml`);
}
