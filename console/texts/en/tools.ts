export const toolsTexts = {
  firstSteps: {
    title: 'First steps',
    description:
      'From nothing to real chats. Each step ticks itself as it happens; leave this page open and see.',
    progress: (done: number, all: number) => `${done} of ${all} done`,
    done: 'done',
    open: 'not done yet',
    steps: {
      app: {
        title: 'Make an app',
        text: 'Whatever talks to the APIs is an app: a script, a server, a page.',
        action: 'Create an app',
      },
      block: {
        title: 'Add App Authorization',
        text: 'The building block that gives it a Client Id, and a secret if it runs on a server.',
        action: 'Add it',
      },
      redirect: {
        title: 'Add a redirect URI',
        text: 'Where people are sent back to, with a code.',
        action: 'Add an address',
      },
      code: {
        title: 'Get a code',
        text: 'Open the authorize address of “Try it”, and allow the app.',
        action: 'Open “Try it”',
      },
      token: {
        title: 'Exchange it for a token',
        text: 'Paste the address that you came back to under “Try it”, and run the curl command.',
        action: 'Open “Try it”',
      },
      list_chats: {
        title: 'List chats',
        text: 'The first call of the Agent Chat API.',
        action: 'Open “Try it”',
      },
    },
    sample: 'Make a sample conversation',
    sampleHint: 'A made-up customer writes, so that there is a chat to list. It shows in the inbox, too.',
    sampled: (name: string) => `${name} wrote a message. List Chats and the inbox show it.`,
  },

  palette: {
    open: 'Search',
    shortcut: 'Ctrl K',
    title: 'Search the Console',
    placeholder: 'A page, an app, a guide or a request id',
    nothing: 'Nothing found. A request id is found within 30 days of its refusal.',
    pages: 'Pages',
    apps: 'Apps',
    docs: 'Docs',
    requests: 'Refused request',
    request: (reason: string) => reason,
    looking: 'Looking for this request…',
    requestMissing: 'No refused request of your apps has this id.',
    ofApp: (name: string) => `of ${name}`,
  },

  consentPreview: {
    nav: 'Consent preview',
    title: 'Consent preview',
    description:
      'What people see before they give the app access, by the rules and the page of the real request. Nothing is granted here.',
    as: 'See it as',
    parts: {
      owner: 'Owner',
      administrator: 'Administrator',
      member: 'Member',
      other_organization: 'Another organization',
    },
    outcomes: {
      asked: 'They are asked, on the page below.',
      trusted:
        'They are not asked: a private app of their own organization is trusted. With prompt=consent they see the page below.',
      refused: 'They are refused:',
    },
    dropped: 'Left out, since the role does not allow them:',
    frame: (part: string) => `Consent page, seen as ${part}`,
    newTab: 'Open in a new tab',
    noBlock: 'The app has no App Authorization yet, so that nobody can be asked.',
    addBlock: 'Add it',
  },

  scopePlan: {
    title: 'What your change asks of people',
    nobody: 'Nobody has given the app access yet, so that the change asks nothing of anybody.',
    people: (count: number) =>
      count === 1 ? '1 person gave the app access.' : `${count} people gave the app access.`,
    untouched: (count: number) => `${count} notice nothing.`,
    asked: (count: number) =>
      `${count} are asked again, the next time that the app sends them, for what is new.`,
    widened: (count: number) =>
      `${count} give what is new without a question, the next time that the app sends them: it is a private app of their own organization.`,
    narrowed: (count: number) => `${count} have tokens that lose scopes at their next refresh.`,
    refused: (count: number) =>
      `${count} are refused the next time: their role does not allow a required scope. Make it optional to keep them.`,
  },
};
