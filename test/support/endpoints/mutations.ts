import type { SeededRandom } from './random.ts';
import type { Draft, Pair } from './request.ts';

/** Stands raw in a page only if something was not escaped. */
export const MARKER = `gh"'><script>mark</script>`;
/** Would be a header of the answer if a line break went through. */
export const INJECTED = 'x-injected';

/** Texts that have broken servers before, as values of any parameter. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  MARKER,
  `javascript:alert(1)//${MARKER}`,
  'a\0b',
  '\0',
  `x\r\n${INJECTED}: 1`,
  `x\n${INJECTED}: 1\n\n`,
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '99999999999999999999999999',
  '0x10',
  'true',
  '../../../../etc/passwd',
  '..\\..\\',
  '%2e%2e%2f',
  '//evil.example/',
  '/\\evil.example',
  'https://evil.example/',
  'https://www.example.com@evil.example/callback',
  "' OR '1'='1",
  '"; DROP TABLE accounts; --',
  '#{7*7}{{7*7}}<%= 7*7 %>',
  '%s%n%x',
  'ﬁ Ａ K',
  'e\u0301\u0323',
  '\u202egnp.exe',
  '\ufeffstart',
  '\ud83d\ude00'.repeat(40),
  '\ud800',
  '\u2028\u2029',
  'İı',
  'a'.repeat(257),
  'a'.repeat(5_000),
  'é'.repeat(5_000),
  '[]',
  '{}',
  '*',
  'dal:',
  'dal%3A',
  'dal:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'urn:ietf:params:oauth:request_uri:x',
];

/** Bytes of a parameter that no encoder makes. */
const BROKEN_ENCODINGS = [
  '%FF',
  '%C3%28',
  '%C0%AE',
  '%E0%80%AF',
  '%F8%88%80%80%80',
  '%ED%A0%80',
  '%',
  '%zz',
  '%u0041',
  '%00',
];

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
const WRONG_TYPES: readonly (() => unknown)[] = [
  () => null,
  () => 0,
  () => -1.5,
  () => 1e308,
  () => true,
  () => [],
  () => [[[[]]]],
  () => ['a', 'a'],
  () => ({}),
  () => ({ toString: 1, constructor: { prototype: 1 } }),
  () => nested(5),
  () => nested(40),
  () => Array(300).fill('x'),
];

/** Changes a request in place. @returns false where it has nothing to change */
export type Mutation = (draft: Draft, random: SeededRandom) => boolean;

/** Any text as the value of a parameter, encoded as the place wants it. */
const encode = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

function somePairs(draft: Draft, random: SeededRandom): Pair[] | undefined {
  const lists = [draft.query, ...(draft.body.kind === 'form' ? [draft.body.pairs] : [])].filter(
    (list) => list.length > 0,
  );
  return lists.length > 0 ? random.pick(lists) : undefined;
}

/** A place inside JSON: the object or array, and the key in it. */
function someJsonPlace(draft: Draft, random: SeededRandom): [Record<string, unknown>, string] | undefined {
  if (draft.body.kind !== 'json') return undefined;
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(draft.body.value);
  return places.length > 0 ? random.pick(places) : undefined;
}

const onPair =
  (change: (pairs: Pair[], index: number, random: SeededRandom) => void): Mutation =>
  (draft, random) => {
    const pairs = somePairs(draft, random);
    if (!pairs) return false;
    change(pairs, random.below(pairs.length), random);
    return true;
  };

const onJson =
  (change: (place: Record<string, unknown>, key: string, random: SeededRandom) => void): Mutation =>
  (draft, random) => {
    const found = someJsonPlace(draft, random);
    if (!found) return false;
    change(...found, random);
    return true;
  };

const withValue = (make: (value: string, random: SeededRandom) => string): Mutation =>
  onPair((pairs, index, random) => {
    const [name = '', value = ''] = pairs[index] ?? [];
    pairs[index] = [name, make(value, random)];
  });

/** Replaces the body by bytes made of it. */
const onBytes =
  (change: (text: string, random: SeededRandom) => string | Buffer): Mutation =>
  (draft, random) => {
    const { body } = draft;
    if (body.kind === 'none') return false;
    const text =
      body.kind === 'json'
        ? JSON.stringify(body.value)
        : body.kind === 'form'
          ? body.pairs.map((pair) => pair.join('=')).join('&')
          : body.bytes.toString('latin1');
    const bytes = change(text, random);
    draft.body = { kind: 'bytes', bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes) };
    return true;
  };

const header =
  (name: string, values: readonly (string | string[] | undefined)[], only = false): Mutation =>
  (draft, random) => {
    if (only && draft.headers[name] === undefined) return false;
    const value = random.pick(values);
    if (value === undefined) delete draft.headers[name];
    else draft.headers[name] = value;
    return true;
  };

const longCookie = Array.from({ length: 150 }, (_, index) => `c${index}=1`).join('; ');

/** Changes that may leave a request right. */
export const MUTATIONS: Record<string, Mutation> = {
  'hostile value': withValue((_, random) => encode(random.pick(HOSTILE_TEXTS))),
  'hostile tail': withValue((value, random) => value + encode(random.pick(HOSTILE_TEXTS))),
  'broken encoding': withValue((value, random) => value + random.pick(BROKEN_ENCODINGS)),
  'value cut short': withValue((value, random) => value.slice(0, random.below(value.length + 1))),
  'value raw': withValue((_, random) => random.pick(['a=b', '+', '&', 'a&b', ';', '#', 'a+b', '[]'])),
  'letters turned': withValue((value) =>
    value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase(),
  ),
  'parameter removed': onPair((pairs, index) => void pairs.splice(index, 1)),
  'parameter doubled': onPair((pairs, index, random) => {
    const [name = ''] = pairs[index] ?? [];
    pairs.splice(random.below(pairs.length + 1), 0, [name, random.pick(['', 'x', pairs[index]?.[1] ?? ''])]);
  }),
  'parameter renamed': onPair((pairs, index, random) => {
    const [name = '', value = ''] = pairs[index] ?? [];
    const names = [`${name}[]`, `${name}[a]`, name.toUpperCase(), ` ${name}`, `${name}%00`, '__proto__', ''];
    pairs[index] = [encode(random.pick(names)).replaceAll('%2500', '%00'), value];
  }),
  'parameter added': (draft, random) => {
    const names = [
      '__proto__',
      'constructor',
      '__proto__[a]',
      'page_id',
      'limit',
      'code',
      'handle',
      'next',
      'resource',
      'x',
    ];
    const pair: Pair = [random.pick(names), encode(random.pick(HOSTILE_TEXTS))];
    (draft.body.kind === 'form' && random.below(2) === 0 ? draft.body.pairs : draft.query).push(pair);
    return true;
  },
  'json hostile': onJson((place, key, random) => {
    place[key] = random.pick(HOSTILE_TEXTS);
  }),
  'json wrong type': onJson((place, key, random) => {
    place[key] = random.pick(WRONG_TYPES)();
  }),
  'json removed': onJson((place, key) => {
    delete place[key];
  }),
  'json added': onJson((place, _key, random) => {
    const name = random.pick([
      'constructor',
      'toString',
      'page_id',
      'limit',
      'id',
      'license_id',
      'organization_id',
      'x',
      '',
    ]);
    place[name] = random.below(2) === 0 ? random.pick(HOSTILE_TEXTS) : random.pick(WRONG_TYPES)();
  }),
  'path part': (draft, random) => {
    const parts = draft.path.split('/');
    parts[1 + random.below(parts.length - 1)] = encode(random.pick(HOSTILE_TEXTS)).slice(0, 3_000);
    draft.path = parts.join('/');
    return true;
  },
  'path broken': (draft, random) => {
    draft.path += random.pick([
      ...BROKEN_ENCODINGS,
      '/',
      '//',
      '/..',
      '/.',
      ';x',
      '/%2e%2e/',
      '%2f',
      '.json',
      '\\',
    ]);
    return true;
  },
  method: (draft, random) => {
    draft.method = random.pick([
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'PROPFIND',
      'TRACE',
      'M-SEARCH',
    ]);
    if (draft.method === 'TRACE') draft.body = { kind: 'none' };
    return true;
  },
  'body truncated': onBytes((text, random) => text.slice(0, random.below(text.length + 1))),
  'body of bytes': onBytes((_, random) => Buffer.from(Array.from({ length: 64 }, () => random.below(256)))),
  'body wrapped': onBytes((text, random) =>
    random.pick([
      `[${text}]`,
      `\ufeff${text}`,
      `${text}${text}`,
      'null',
      '1',
      '"x"',
      '[]',
      '{}',
      '',
      ' ',
      `${text},`,
      '{"a":1,"a":2}',
      '{"__proto__":{"a":1}}',
      '{'.repeat(2_000),
      '['.repeat(50_000),
      `<x>${text}</x>`,
      '{"\\ud800":1}',
    ]),
  ),
  'body latin1': onBytes((text) => Buffer.from(`${text}é\u00ff`, 'latin1')),
  'body large': onBytes((text, random) => text + 'x'.repeat(random.pick([66_000, 70_000, 270_000]))),
  'content type': header('content-type', [
    undefined,
    '',
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/json; charset=utf-16',
    'application/xml',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'application/JSON',
    'a',
    '/',
    ';;;',
    'application/problem+json',
    'image/svg+xml',
    `text/html${MARKER}`,
  ]),
  'content encoding': header('content-encoding', ['gzip', 'br', 'identity', 'x']),
  authorization: header('authorization', [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'bearer x',
    'Bearer x y',
    'Basic',
    'Basic ',
    'Basic Og==',
    'Basic eDo=',
    'Basic OnkK',
    'Basic !!!',
    'Basic AAAA',
    `Basic ${Buffer.from('\0:\0').toString('base64')}`,
    `Basic ${Buffer.from('%ff:%zz').toString('base64')}`,
    `Basic ${'QUFB'.repeat(2_000)}`,
    'Digest username="x"',
    'Negotiate x',
    `Bearer ${'a'.repeat(8_000)}`,
    'Bearer dal%3Ax',
    `Bearer ${MARKER}`,
    '\xff\xfe',
    'DPoP x',
  ]),
  'authorization cut': (draft, random) => {
    const { authorization } = draft.headers;
    if (typeof authorization !== 'string') return false;
    draft.headers.authorization = authorization.slice(0, random.below(authorization.length));
    return true;
  },
  cookie: header('cookie', [
    undefined,
    '',
    '=',
    ';;;',
    'gatehouse_session=',
    'gatehouse_session=x; gatehouse_session=y',
    'gatehouse_session="a',
    `gatehouse_session=${'a'.repeat(4_000)}`,
    'gatehouse_browser=%00; gatehouse_session=%ff',
    '__proto__=1; constructor=2',
    '__lc_cid=x; __lc_cst=y',
    `__lc_cid=${'0'.repeat(36)}; __lc_cst=%zz`,
    longCookie,
    '\xff=\xff',
  ]),
  'cookie cut': (draft, random) => {
    const { cookie } = draft.headers;
    if (typeof cookie !== 'string') return false;
    const at = random.below(cookie.length);
    draft.headers.cookie = cookie.slice(0, at) + random.pick(['', '%', 'x', '"', ';']) + cookie.slice(at + 1);
    return true;
  },
  'csrf header': header('x-csrf-token', [undefined, '', 'x', 'a'.repeat(43), '\xff'], true),
  host: header('host', [
    'evil.example',
    'evil.example:1',
    'localhost:99999',
    '[::1]',
    'a b',
    `${MARKER}`,
    'x'.repeat(300),
  ]),
  forwarded: (draft, random) => {
    const name = random.pick([
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-forwarded-for',
      'x-forwarded-port',
      'forwarded',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
    ]);
    draft.headers[name] = random.pick([
      'evil.example',
      MARKER,
      'https',
      'javascript',
      '::1',
      '1.2.3.4, 5.6.7.8',
      '999.1.1.1',
      'unknown',
      '/console',
      'DELETE',
      ',,,',
      'x'.repeat(2_000),
    ]);
    return true;
  },
  'other header': (draft, random) => {
    const name = random.pick([
      'accept',
      'origin',
      'referer',
      'user-agent',
      'if-none-match',
      'range',
      'accept-encoding',
      'accept-language',
      'x-region',
      'x-author-id',
      'x-api-version',
      'x-request-id',
      'if-modified-since',
      'access-control-request-method',
      'sec-fetch-mode',
      'sec-fetch-dest',
    ]);
    draft.headers[name] = random.pick([
      '',
      '*',
      '*/*',
      'text/html',
      'null',
      'https://evil.example',
      MARKER,
      'bytes=0-999999999999',
      'bytes=-1',
      'navigate',
      'document',
      'W/"x"',
      'gzip;q=0,*',
      'x'.repeat(3_000),
      'é\xff',
      '__proto__',
    ]);
    return true;
  },
};

const PURE_VALUES: Record<string, (value: string) => string> = {
  NUL: (value) => `${value}%00`,
  'broken UTF-8': (value) => `${value}%C3%28`,
  'overlong UTF-8': (value) => `${value}%C0%AE`,
};

/** Changes after which a request must be refused and have done nothing, wherever they can be made. */
export const FATAL_MUTATIONS: Record<string, Mutation> = {
  doubled: onPair((pairs, index) => {
    const [name = '', value = ''] = pairs[index] ?? [];
    if (name === 'resource') pairs.push(['handle', 'x'], ['handle', 'y']);
    else pairs.push([name, value]);
  }),
  ...Object.fromEntries(Object.entries(PURE_VALUES).map(([name, make]) => [name, withValue(make)])),
  __proto__: (draft, random) => {
    const pairs = somePairs(draft, random);
    if (pairs) pairs.push(['__proto__', 'x']);
    else if (draft.body.kind === 'json')
      return onBytes((text) => text.replace('{', '{"__proto__":{"a":1},'))(draft, random);
    return pairs !== undefined;
  },
  'json doubled': (draft, random) =>
    draft.body.kind === 'json' && onBytes((text) => text.replace('{', '{"x":1,"x":2,'))(draft, random),
  'json truncated': (draft, random) =>
    draft.body.kind === 'json' &&
    onBytes((text) => text.slice(0, 1 + random.below(text.length - 1)))(draft, random),
  'json NUL': (draft, random) =>
    draft.body.kind === 'json' && onBytes((text) => text.replace('{', '{\0'))(draft, random),
  'bytes that are no UTF-8': (draft, random) =>
    draft.body.kind !== 'bytes' && onBytes((text) => Buffer.from(`${text}\xff`, 'latin1'))(draft, random),
  'content type': (draft, random) => {
    if (draft.body.kind === 'none') return false;
    draft.headers['content-type'] = random.pick([
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
    ]);
    return true;
  },
  'content type of the other kind': (draft) => {
    const other = { form: 'application/json', json: 'image/png', bytes: 'application/json', none: '' }[
      draft.body.kind
    ];
    if (other === '') return false;
    draft.headers['content-type'] = other;
    return true;
  },
  'too large': (draft, random) =>
    onBytes((text) =>
      draft.body.kind === 'json'
        ? text.replace('{', `{"x":"${'x'.repeat(1_100_000)}",`)
        : text + 'x'.repeat(270_000),
    )(draft, random),
  'no CSRF token': (draft) => {
    if (draft.headers['x-csrf-token'] !== undefined) {
      delete draft.headers['x-csrf-token'];
      return true;
    }
    if (draft.body.kind !== 'form') return false;
    const at = draft.body.pairs.findIndex(([name]) => name === 'csrf_token');
    if (at < 0) return false;
    draft.body.pairs.splice(at, 1);
    return true;
  },
  'no credential': (draft) => {
    if (draft.headers.authorization === undefined) return false;
    delete draft.headers.authorization;
    return true;
  },
  'credential cut': (draft) => {
    const { authorization } = draft.headers;
    if (typeof authorization !== 'string') return false;
    draft.headers.authorization = authorization.slice(0, -4);
    return true;
  },
};
