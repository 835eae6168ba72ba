/** JavaScript that Postman runs around requests, as lines. */

export function answers(status: number): string[] {
  return [`pm.test('answers ${status}', function () {`, `  pm.response.to.have.status(${status});`, '});'];
}

/** An assertion about the answer, which is at hand as `body`. */
export function expectBody(sentence: string, ...lines: string[]): string[] {
  return [
    `pm.test(${JSON.stringify(sentence)}, function () {`,
    '  const body = pm.response.json();',
    ...lines.map((line) => `  ${line}`),
    '});',
  ];
}

/** Keeps members of the answer as variables of the collection: `{ access_token: 'access_token' }`. */
export function keep(variables: Record<string, string>): string[] {
  return [
    'if (pm.response.code === 200) {',
    '  const answer = pm.response.json();',
    ...Object.entries(variables).map(
      ([variable, member]) =>
        `  pm.collectionVariables.set('${variable}', answer${member.startsWith('[') ? '' : '.'}${member});`,
    ),
    '}',
  ];
}

/**
 * A request that changes what is there, or signs the caller out, is sent only by who says so: whoever runs the whole
 * collection to look around must lose nothing by it.
 */
export function onlyWith(variable: 'run_changes' | 'run_sign_outs'): string[] {
  return [
    `if (pm.collectionVariables.get('${variable}') !== 'yes') {`,
    `  console.log(pm.info.requestName + ' is left out: put "yes" into the variable ${variable} to send it.');`,
    '  pm.execution.skipRequest();',
    '}',
  ];
}

/** Takes a code as it was copied: the bare code, one with `%3A`, or the whole address with it. */
export const readPastedCode: string[] = [
  "const pasted = (pm.collectionVariables.get('code') || '').trim();",
  "if (pasted === '') {",
  "  throw new Error('The variable `code` is empty. Open the authorize address (request 1) in a browser, allow the app, and paste the code from the address bar.');",
  '}',
  'const inAddress = /[?&]code=([^&#]+)/.exec(pasted);',
  "pm.collectionVariables.set('code', decodeURIComponent(inAddress ? inAddress[1] : pasted));",
];

/** PKCE, RFC 7636: a verifier that stays here, and its SHA-256 for the authorize address. */
export const preparePkce: string[] = [
  "if (!pm.collectionVariables.get('code_verifier')) {",
  "  const urlSafe = (words) => CryptoJS.enc.Base64.stringify(words).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');",
  '  const verifier = urlSafe(CryptoJS.lib.WordArray.random(32));',
  "  pm.collectionVariables.set('code_verifier', verifier);",
  "  pm.collectionVariables.set('code_challenge', urlSafe(CryptoJS.SHA256(verifier)));",
  '}',
];

export const showAuthorizeAddress: string[] = [
  "console.log('Open this address in a browser: ' + pm.variables.replaceIn(pm.request.url.toString()));",
];

/** The sign-in page, the consent page or the app itself may come next; only the error page is wrong. */
export const leadsOn: string[] = [
  "pm.test('the request is one that the server takes', function () {",
  '  pm.expect(pm.response.code).to.be.oneOf([200, 302, 303]);',
  "  pm.expect(pm.response.headers.get('Location') || '').to.not.include('ooops');",
  '});',
];
