import type { ScopeData } from './scope_catalogue_types.ts';

/**
 * OpenID Connect's own scopes (Core 1.0 §3.1.2.1, §5.4). LiveChat has none of them: they exist in the standard
 * dialect alone, and open no method of an API.
 */
export const openidScopes = [
  {
    id: 'openid',
    title: 'Sign people in',
    consent: 'Sign you in, and know which account and organization is yours',
    group: 'OpenID Connect',
    role: null,
    implies: [],
    standardOnly: true,
  },
  {
    id: 'profile',
    title: 'Read the name at sign-in',
    consent: 'See your name',
    group: 'OpenID Connect',
    role: null,
    implies: [],
    standardOnly: true,
  },
  {
    id: 'email',
    title: 'Read the e-mail at sign-in',
    consent: 'See your e-mail address, and whether it was confirmed',
    group: 'OpenID Connect',
    role: null,
    implies: [],
    standardOnly: true,
  },
] as const satisfies readonly ScopeData[];
