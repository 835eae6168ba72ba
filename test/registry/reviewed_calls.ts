/** Methods whose example needs more than an organization with one of everything, and why. */
export const needsState: ReadonlyMap<string, string> = new Map([
  ['customer.start_chat', 'A customer has one chat, and this one has it: it was made by this very method.'],
  ['agent.upload_file', 'Takes a form with a file, not JSON.'],
  ['customer.upload_file', 'Takes a form with a file, not JSON.'],
  ['agent.send_rich_message_postback', 'The event that is there is a message, which has no buttons.'],
  ['customer.send_rich_message_postback', 'The event that is there is a message, which has no buttons.'],
  ['configuration.unban_customer', 'Lifts a ban, and nobody is banned.'],
  ['customer.get_url_info', 'Reads a page of the web, and there is none in a test.'],
  ['customer.get_configuration', 'Asks for the version of this moment.'],
  ['customer.get_localization', 'Asks for the version of this moment.'],
  ['accounts.delete_role', 'There are no custom roles.'],
  ['accounts.delete_organization_domain', 'No domain was added.'],
  ['accounts.enforce_login_method', 'There is no SAML configuration yet.'],
  ['accounts.disable_login_method', 'Nothing is enforced.'],
  ['accounts.get_saml', 'There is no SAML configuration yet.'],
  ['accounts.update_saml', 'There is no SAML configuration yet.'],
  ['accounts.delete_saml', 'There is no SAML configuration yet.'],
  ['customer.accept_greeting', 'A greeting is shown by the realtime API alone.'],
  ['customer.cancel_greeting', 'A greeting is shown by the realtime API alone.'],
  ['customer.send_greeting_button_clicked', 'A greeting is shown by the realtime API alone.'],
  ['configuration.update_greeting', 'Names a greeting, and none was made.'],
  ['configuration.delete_greeting', 'Names a greeting, and none was made.'],
  ['configuration.get_greeting', 'Names a greeting, and none was made.'],
  ['configuration.unregister_property', 'The property was just published, and so stays.'],
  ['configuration.unregister_webhook', 'Names a webhook, and none was registered.'],
  ['configuration.delete_group', 'It may be the last group of the one agent there.'],
  ['configuration.create_agent', 'Names the one agent there, who is there already.'],
  ['configuration.delete_agent', 'The one agent there is the owner, who stays.'],
  ['configuration.suspend_agent', 'The one agent there is the owner, who stays.'],
  ['configuration.request_agent_unsuspension', 'Nobody is suspended.'],
]);

/** What is sent to a method that declares no example, or whose example is of something that is not there. */
export const exampleInputs: Readonly<Record<string, unknown>> = {
  'customer.send_event': { event: { type: 'message', text: 'Hello' } },
  'agent.update_customer': { name: 'Ada' },
  'accounts.create_organization': { organization: { name: 'PLAINVIEW too' } },
  'customer.update_customer': { name: 'Ada', email: 'ada@example.com' },
  'customer.request_email_verification': { callback_uri: 'https://www.example.com/verified' },
  'customer.set_customer_session_fields': { session_fields: [{ plan: 'pro' }] },
  'customer.check_goals': { session_fields: [{ plan: 'pro' }], page_url: 'https://www.example.com/' },
  'customer.list_group_statuses': { all: true },
  'customer.mark_events_as_seen': { seen_up_to: '2026-01-31T07:11:28.288340Z' },
};

/** Where the id of somebody else's is no error, since the answer is the same as for an id of nobody's. */
export const foreignIdsPass: readonly { fits: RegExp; why: string; echoed?: true }[] = [
  {
    fits: /_saml (idp_|sp_)?entity_id$/,
    why: 'The name of an identity provider, which nobody here looks up.',
    // What the caller named before is answered still.
    echoed: true,
  },
  {
    fits: /\.create_agent id$/,
    why: 'Whoever has an account elsewhere is invited, and the answer does not tell that they have one.',
  },
  { fits: / filters\./, why: 'A filter that nothing fits finds nothing.' },
  { fits: /\.(update_customer) omnichannel\./, why: 'An id of another service, which nobody here looks up.' },
  {
    fits: /_license_webhooks(_state)? client_id$/,
    why: 'Another word for owner_client_id, which counts where both are given.',
  },
  { fits: /\.request_welcome_message id$/, why: 'The caller’s own name for the message to come.' },
];
