import { type ProblemDraft, problem, quoted } from './redirect_uri_problem.ts';

/** Host as written, IPv6 in its brackets; port as written, `null` when there is none. */
export type Authority = { readonly host: string; readonly port: number | null };

/**
 * Reads what stands between `//` and the path.
 * @param custom whether the scheme is a custom one, whose host is a mere name: any case, no port, may be empty
 * @param rebuild the whole URI with another authority, for suggestions
 */
export function readAuthority(
  text: string,
  custom: boolean,
  rebuild: (authority: string) => string,
): Authority | ProblemDraft {
  const at = text.lastIndexOf('@');
  if (at >= 0) {
    return problem(
      'userinfo',
      'userinfo_present',
      `${quoted(text.slice(0, at + 1))} before the host is not allowed: it makes a foreign address look like yours. The host here would be ${quoted(text.slice(at + 1))}.`,
    );
  }
  const split = /^(\[[^[\]]*\]|[^:[\]]*)(?::([^:]*))?$/.exec(text);
  const host = split?.[1];
  if (host === undefined) {
    return problem(
      'host',
      'host_ipv6_spelling',
      `${quoted(text)} cannot be read as a host and a port. An IPv6 address stands in brackets, such as [::1].`,
    );
  }
  const port = readPort(split?.[2], custom, () => rebuild(host));
  if (port !== null && typeof port !== 'number') return port;
  const wrong = custom
    ? checkCustomHost(host)
    : checkWebHost(host, (better) => rebuild(better + portText(port)));
  return wrong ?? { host, port };
}

function portText(port: number | null): string {
  return port === null ? '' : `:${port}`;
}

function readPort(
  text: string | undefined,
  custom: boolean,
  without: () => string,
): number | null | ProblemDraft {
  if (text === undefined) return null;
  if (custom) {
    return problem(
      'port',
      'port_on_custom_scheme',
      `A custom scheme has no port. Remove ":${text}".`,
      without(),
    );
  }
  if (text === '') {
    return problem('port', 'port_empty', 'After the host there is ":" without a port. Remove it.', without());
  }
  if (!/^[1-9][0-9]*$/.test(text)) {
    return problem(
      'port',
      'port_malformed',
      `The port ${quoted(text)} is not a number without leading zeros, such as 8080.`,
    );
  }
  const port = Number(text);
  if (text.length > 5 || port > 65_535) {
    return problem(
      'port',
      'port_out_of_range',
      `The port ${quoted(text)} does not exist. Ports go from 1 to 65535.`,
    );
  }
  return port;
}

/** One label of a host name. The underscore is no host-name character, yet names of containers hold it. */
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

function checkCustomHost(host: string): ProblemDraft | undefined {
  if (host === '' || host.split('.').every((part) => label.test(part.toLowerCase()))) return undefined;
  return malformed(host);
}

function checkWebHost(host: string, rebuild: (host: string) => string): ProblemDraft | undefined {
  if (host === '') {
    return problem(
      'host',
      'host_missing',
      'There is no host after "//". Write it there: https://app.example.com/.',
    );
  }
  if (host.startsWith('[')) return checkIpv6(host, rebuild);
  if (host.includes('*')) {
    return problem(
      'host',
      'host_wildcard',
      `The host ${quoted(host)} holds "*". There are no wildcards: add each host by its full name.`,
    );
  }
  if (host.endsWith('.')) {
    const better = host.replace(/\.+$/, '');
    return problem(
      'host',
      'host_trailing_dot',
      `The host ${quoted(host)} ends in a dot, which makes it another host to a browser. Write ${quoted(better)}.`,
      rebuild(better),
    );
  }
  if (host !== host.toLowerCase()) {
    const better = host.toLowerCase();
    return problem(
      'host',
      'host_uppercase',
      `The host ${quoted(host)} has to be written in small letters: ${quoted(better)}.`,
      rebuild(better),
    );
  }
  if (host.length > 253) {
    return problem(
      'host',
      'host_too_long',
      `The host is ${host.length} characters long; a name has at most 253.`,
    );
  }
  const labels = host.split('.');
  if (!labels.every((part) => label.test(part))) return malformed(host);
  // Browsers take any host whose last label is a number for an IPv4 address, in many spellings.
  if (/^(?:[0-9]+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return checkIpv4(host, rebuild);
  return undefined;
}

function malformed(host: string): ProblemDraft {
  const advice = host.includes('%')
    ? 'Percent-encoding has no place in it'
    : 'It is made of labels of letters, digits and "-", joined by single dots';
  return problem(
    'host',
    'host_malformed',
    `${quoted(host)} is not a host name. ${advice}, such as app.example.com.`,
  );
}

function checkIpv4(host: string, rebuild: (host: string) => string): ProblemDraft | undefined {
  const canonical = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?=\d)|$)){4}$/;
  if (canonical.test(host)) return undefined;
  const meant = browserHost(host);
  return problem(
    'host',
    'host_ipv4_spelling',
    meant
      ? `Browsers take ${quoted(host)} for the IPv4 address ${meant}. Write that.`
      : `${quoted(host)} is not an IPv4 address. Write four numbers from 0 to 255, such as 127.0.0.1.`,
    meant && rebuild(meant),
  );
}

function checkIpv6(host: string, rebuild: (host: string) => string): ProblemDraft | undefined {
  const meant = browserHost(host);
  if (meant === host) return undefined;
  return problem(
    'host',
    'host_ipv6_spelling',
    meant
      ? `The IPv6 address ${quoted(host)} has a shorter spelling (RFC 5952). Write ${meant}.`
      : `${quoted(host)} is not an IPv6 address. Write it in brackets and without a zone, such as [::1].`,
    meant && rebuild(meant),
  );
}

/** The host as browsers spell it, `undefined` when they do not take it for one. */
function browserHost(host: string): string | undefined {
  return URL.parse(`http://${host}/`)?.hostname;
}
