import { count } from './words.ts';

/** Settings → Security. */
export const securityTexts = {
  securitySettings: {
    title: 'Security',
    description: (organization: string) => `What holds for every app of ${organization}.`,
    ownerOnly: 'Only the owner of the organization can change this.',
    dynamicRegistration: {
      title: 'Apps that register themselves',
      description:
        'Dynamic client registration (RFC 7591): a program makes itself an app here, without the Console. Such apps are held to Strict, and people are warned of them until you verify them.',
      failed: 'The setting could not be read',
      label: 'Who may register apps',
      modes: {
        off: { label: 'Nobody', hint: 'Apps are made in the Console alone.' },
        with_initial_access_token: {
          label: 'Who has an initial access token',
          hint: 'You make the tokens below, and give them to whom you trust.',
        },
        open: {
          label: 'Anybody',
          hint: 'Every program that reaches this server, 20 an hour from one address.',
        },
      },
      saved: 'Who may register apps is saved',
      openTitle: 'Let anybody register apps?',
      openText:
        'Every program that reaches this server can then make an app under a name of its choice, and ask your people for access. They are warned each time, but a warning can be overlooked.',
      openConfirm: 'Let anybody register',
      unverified: (apps: number) =>
        `${count(apps, 'app', 'apps')} registered so and ${apps === 1 ? 'is' : 'are'} not verified. You find ${apps === 1 ? 'it' : 'them'} in the list of apps.`,
      full: (most: number) =>
        `${most} apps wait for you to verify or delete them. Until then no further app can register.`,
      endpoint: 'Registration address',
      endpointHint: 'Programs send their metadata to it by POST, as JSON.',
    },
    initialTokens: {
      title: 'Initial access tokens',
      description: 'A token opens the registration address for 30 days, as often as needed.',
      onceTitle: 'Copy the token now: it is shown this once',
      token: 'Initial access token',
      name: 'Name',
      nameHint: 'Who gets it.',
      create: 'Create a token',
      uses: (uses: number) => `${count(uses, 'app', 'apps')} registered`,
      expires: 'expires',
      expired: 'Expired',
      revoke: 'Revoke',
      revokeNamed: (name: string) => `Revoke ${name}`,
      revokeTitle: (name: string) => `Revoke ${name}?`,
      revokeText: 'It registers no more apps. Those that it registered stay.',
      revoked: (name: string) => `${name} is revoked`,
    },
    forceStrict: {
      title: 'Strict profile for all apps',
      description:
        'OAuth 2.1 for every app: PKCE with S256, exact redirects, no implicit grant, scopes named in each request, access tokens of one hour. The apps keep their own settings; they do not count while this is on.',
      label: 'Force the Strict profile for all apps',
      forced: 'Every app is held to the Strict profile now',
      released: 'Each app follows its own profile again',
      forceTitle: 'Hold every app to Strict?',
      forceText: (apps: readonly string[] | undefined): string => {
        const tokens = 'Tokens that were given already go on until they expire.';
        if (apps === undefined)
          return `Apps that sign in without PKCE, with the implicit grant or with sub-path redirects are refused from their next request on. ${tokens}`;
        if (apps.length === 0)
          return `No app used anything in the last 30 days that Strict refuses. ${tokens}`;
        const named = new Intl.ListFormat('en').format(
          apps.length > 5 ? [...apps.slice(0, 4), count(apps.length - 4, 'other app', 'other apps')] : apps,
        );
        return `${named} ${apps.length === 1 ? 'works' : 'work'} today in ways that Strict refuses, and will not be able to sign anybody in from now on. ${tokens}`;
      },
      forceConfirm: 'Force Strict',
      releaseTitle: 'Let each app choose again?',
      releaseText:
        'Apps with the Compatible profile may again sign in without PKCE and use their loosening switches.',
      releaseConfirm: 'Stop forcing Strict',
    },
    compatibleApps: {
      title: 'What Strict would stop',
      description: 'What the apps really did in the last 30 days that Strict refuses, and how to change it.',
      noneTitle: 'Strict is safe',
      none: 'No app used anything in the last 30 days that Strict refuses.',
      failed: 'What the apps used could not be loaded',
      mend: (app: string) => `Open App Authorization of ${app}`,
    },
  },
};
