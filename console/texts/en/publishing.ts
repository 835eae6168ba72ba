import { count } from './words.ts';

/** Apps for others: review, the page of public apps, and apps as files. */
export const publishingTexts = {
  publishing: {
    title: 'Publishing',
    description:
      'A public app is offered to every organization of this server, after the owner of yours approved it.',
    states: {
      developing: 'Developing',
      submitted: 'Submitted',
      accepted: 'Accepted',
      published: 'Published',
    },
    now: {
      developing: 'The app is private. Submit it when others may see it.',
      submitted: 'The app waits for the approval of the owner of your organization.',
      accepted: 'The app is approved, and still private. Publish it when you are ready.',
      published: 'Every organization of this server can find, allow and install the app.',
    },
    moves: {
      submit: 'Submit for approval',
      withdraw: 'Withdraw',
      accept: 'Approve',
      send_back: 'Send back',
      publish: 'Publish',
      unpublish: 'Take back',
    },
    current: 'now',
    path: 'The way to the public',
    sentBack: 'Sent back by the owner',
    note: 'What has to change',
    installations: (installations: number) =>
      `Installed in ${count(installations, 'organization', 'organizations')}`,
    publishText: (name: string) => `${name} becomes visible to every organization of this server.`,
    unpublishText: (name: string) =>
      `${name} disappears from the list, and people of other organizations can no longer allow it. Where it is installed it stays.`,
  },

  publicApps: {
    title: 'Public apps',
    description:
      'What organizations of this server offer. An owner or administrator installs one for everybody.',
    search: 'Search public apps',
    show: 'Show',
    offered: 'Offered',
    installed: 'Installed',
    by: (organization: string) => `by ${organization}`,
    own: 'Yours',
    withdrawn: 'No longer offered',
    asks: (scopes: number) => `What it asks people for (${scopes})`,
    install: 'Install',
    uninstall: 'Uninstall',
    since: 'Installed',
    done: (name: string) => `${name} is installed`,
    gone: (name: string) => `${name} is uninstalled`,
    uninstallTitle: 'Uninstall this app?',
    uninstallText: (name: string) =>
      `What the installation of ${name} brought is taken back: its bots leave their chats. People who allowed it keep their access until they take it back.`,
    emptyTitle: 'No public apps yet',
    emptyText:
      'As soon as an organization publishes one, it shows here. Yours can: open an app and choose Publishing.',
    noMatchTitle: 'No public app matches',
    noMatchText: 'Try fewer letters of its name.',
    nothingInstalledTitle: 'Nothing is installed',
    nothingInstalledText: 'Apps that you install show here, with the button to take them away.',
    more: 'Show more',
  },

  manifest: {
    title: 'Manifest',
    description:
      'The app as a file, livechat.config.json. Keep it beside your code, review changes there, and apply them here or by “gatehouse app push”.',
    current: 'The app as it is',
    download: 'Download',
    apply: 'Apply a manifest',
    applyText:
      'Paste the whole file. What it leaves out stays as it is; nothing changes before you have seen the differences.',
    pasted: 'livechat.config.json',
    compare: 'Compare',
    notJson: 'This is not JSON. Paste the whole file, from the first brace to the last.',
    same: 'The app is as this manifest says.',
    differences: (changes: number) => count(changes, 'difference', 'differences'),
    nothing: 'nothing',
    applyNow: 'Apply these changes',
    applied: 'The app is as the manifest says now',
    secret: 'Client secret, shown this once',
  },
};
