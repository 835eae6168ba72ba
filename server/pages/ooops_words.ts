/** What a person reads about a refused authorization request. */
export type Explanation = { heading: string; what: string; next: string };

const tellTheMaker = 'This is for the makers of the app to mend. Go back to it, or tell them the code below.';

const byDetails: Record<string, Explanation> = {
  client_id_not_found: {
    heading: 'No such app here',
    what: 'The link names an app that does not exist on this server. It may have been deleted, or belong to another server.',
    next: tellTheMaker,
  },
  redirect_uri_not_set: {
    heading: 'The app is not finished',
    what: 'It has not said where people go after they allow access, so there is no safe place to send you.',
    next: tellTheMaker,
  },
  invalid_redirect_uri: {
    heading: 'The return address is not the app’s own',
    what: 'The app asked to send you to an address that it has not registered. To protect your account you were not sent there.',
    next: tellTheMaker,
  },
  too_many_redirects: {
    heading: 'Going in circles',
    what: 'The app sent you here again and again within a few seconds, so this server stopped it.',
    next: 'Close the page of the app, wait half a minute, and open it again.',
  },
};

const byOauth: Record<string, Explanation> = {
  invalid_request: {
    heading: 'The request is not complete',
    what: 'The app sent you here with something missing, doubled or misspelt.',
    next: tellTheMaker,
  },
  unauthorized_client: {
    heading: 'The app may not do this',
    what: 'The app is unknown here, or it may not ask for access in this way.',
    next: tellTheMaker,
  },
  access_denied: {
    heading: 'Access was not given',
    what: 'The app is private to another organization, asked for more than was allowed, or the request was cancelled.',
    next: 'If you should have access, ask an owner or administrator of the organization that made the app.',
  },
  unsupported_response_type: {
    heading: 'The app asks in a way it may not',
    what: 'Its way of asking for access is switched off for it, or unknown here.',
    next: tellTheMaker,
  },
  invalid_scope: {
    heading: 'The access it asks for is not possible',
    what: 'The app asks for a right that does not exist, that it has not registered, or that your role does not have.',
    next: 'Ask an owner or administrator of your organization: a higher role may be needed. Otherwise tell the makers of the app.',
  },
  server_error: {
    heading: 'Something broke here',
    what: 'This server could not finish your request. It is not your fault, nor the app’s.',
    next: 'Try again in a minute. If it stays, tell whoever runs this server the request id below.',
  },
  temporarily_unavailable: {
    heading: 'Too busy right now',
    what: 'This server has more to do than it can, or is being looked after.',
    next: 'Wait a minute, then try again from the app.',
  },
  missing_grant: {
    heading: 'Access was not allowed',
    what: 'The app needs a permission that you have not given, or that has changed since.',
    next: 'Open the app again and choose Allow if you trust it.',
  },
};

const byIdentity: Record<string, Explanation> = {
  unauthorized: {
    heading: 'You are not logged in',
    what: 'The app asked quietly who you are, and this server does not know.',
    next: 'Log in, then open the app again.',
  },
  access_denied: {
    heading: 'This account is not let in',
    what: 'You are known here, but this account may not use the app.',
    next: 'Ask an owner or administrator of your organization.',
  },
  identity_lost: {
    heading: 'You have been signed out',
    what: 'Your session ended: by signing out, by a new password, or from another device.',
    next: 'Log in, then open the app again.',
  },
  credentials_login_disabled: {
    heading: 'Password login is off',
    what: 'Your organization wants another way of logging in.',
    next: 'Ask an owner or administrator of your organization which one.',
  },
};

const unknown: Explanation = {
  heading: 'That did not work',
  what: 'The app could not be given access, and the reason is not one this page knows.',
  next: 'Go back to the app and try again.',
};

function lookUp(table: Record<string, Explanation>, key: string | undefined): Explanation | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The most exact explanation of the three codes; never any text from the address bar. */
export function explainOoops(codes: {
  oauthException?: string | undefined;
  identityException?: string | undefined;
  exceptionDetails?: string | undefined;
}): Explanation {
  return (
    lookUp(byDetails, codes.exceptionDetails) ??
    lookUp(byIdentity, codes.identityException) ??
    lookUp(byOauth, codes.oauthException ?? codes.identityException) ??
    unknown
  );
}
