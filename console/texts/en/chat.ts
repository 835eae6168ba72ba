/** The pages where customers write and agents answer. */
export const chatTexts = {
  inbox: 'Inbox',
  openInbox: 'Answer in the inbox',
  chatPage: {
    title: 'Chat page',
    description: 'Your customers write to you here. Link to it from your site, or send it to somebody.',
    address: 'Address of your chat page',
    open: 'Open it in a new tab',
  },
};
