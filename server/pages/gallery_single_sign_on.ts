import type { GalleryEntry } from './gallery_samples.ts';
import { entry, olivia, signedIn } from './gallery_samples.ts';
import { leadToProviderPage, samlRefusedPage, samlTestedPage, singleSignOnPage } from './single_sign_on.ts';

const lead = { organization: 'Acme Support', href: '/signin/saml?organization_id=o0' };
const tested = {
  organization: 'Acme Support',
  email: olivia.email,
  personName: 'Olivia Owner',
  nameId: olivia.email,
  backHref: '/console',
};

/** Signing in by the identity provider of an organization. */
export const singleSignOn: GalleryEntry[] = [
  entry('single_sign_on', singleSignOnPage, {}),
  entry('single_sign_on_in_flow', singleSignOnPage, { handle: 'h', continueTo: 'Chat Insights' }),
  entry('single_sign_on_unknown', singleSignOnPage, {
    email: 'olivia@elsewhere.example',
    problems: [
      {
        field: 'email',
        message: 'No organization here has single sign-on for elsewhere.example. Log in with your password.',
      },
    ],
  }),
  entry('single_sign_on_lead', leadToProviderPage, { ...lead, enforced: false }),
  entry('single_sign_on_enforced', leadToProviderPage, { ...lead, enforced: true }),
  entry('single_sign_on_refused', samlRefusedPage, {
    organization: 'Acme Support',
    message:
      'The assertion is meant for "https://elsewhere.example/metadata"; this organization is "https://chat.acme.example/saml/59aa5076-13c5-4ce5-b13a-07d33e838acf/metadata". Correct the audience (SP entity id) at the identity provider.',
    requestId: '7e57d004-2b97-4e7a-b45f-5387367791cd',
  }),
  entry('single_sign_on_tested', samlTestedPage, { ...tested, outcome: 'member' }, signedIn),
  entry(
    'single_sign_on_tested_refused',
    samlTestedPage,
    {
      ...tested,
      personName: '',
      outcome: 'refused',
      message:
        'Nobody with the address olivia@acme.example is in Acme Support. Ask its administrators to invite you.',
    },
    signedIn,
  ),
];
