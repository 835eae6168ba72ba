/**
 * Resource indicators (RFC 8707): which of this server's APIs a token is for. On the wire a resource is the
 * address of an API; inside it is a name, so that stored tokens outlive a change of the public address.
 */
export const resourceNames = ['server', 'agent', 'customer', 'configuration'] as const;
export type ResourceName = (typeof resourceNames)[number];

/** `server` is everything that is served; the others are the APIs of one version. */
const PATHS: Record<ResourceName, string> = {
  server: '',
  agent: '/v3.6/agent',
  customer: '/v3.6/customer',
  configuration: '/v3.6/configuration',
};

export function isResourceName(text: string): text is ResourceName {
  return (resourceNames as readonly string[]).includes(text);
}

/** The address of an API, as `resource` has it. @param issuer the public address, without a slash at the end */
export function resourceAddress(issuer: string, name: ResourceName): string {
  return issuer + PATHS[name];
}

export type ParsedResources =
  /** `null`: none was named, and none is meant. */
  | { readonly ok: true; readonly resources: string | null }
  | { readonly ok: false; readonly message: string; readonly received: string };

/**
 * Reads the `resource` of a request.
 * @param text addresses joined by spaces: the parameter may be repeated (RFC 8707 §2)
 * @returns names joined by spaces, as they are stored
 */
export function parseResources(text: string | undefined, issuer: string): ParsedResources {
  const addresses = (text ?? '').split(' ').filter((address) => address !== '');
  if (addresses.length === 0) return { ok: true, resources: null };
  const named = new Set<ResourceName>();
  for (const address of addresses) {
    const name = nameOf(address, issuer);
    if (name === undefined) return { ok: false, message: explain(issuer), received: address };
    named.add(name);
  }
  return { ok: true, resources: storedText(named) };
}

/** The addresses of stored names; of the whole server where a token was not narrowed. */
export function resourceAddresses(resources: string | null, issuer: string): string[] {
  return namesOf(resources).map((name) => resourceAddress(issuer, name));
}

/** Does a token with these stored resources open an API? */
export function opensResource(resources: string | null, api: ResourceName): boolean {
  const names = namesOf(resources);
  return names.includes('server') || names.includes(api);
}

/**
 * The resources of a token that is asked for out of a grant (RFC 8707 §2.2): those of the request, or the
 * grant's own where it names none.
 * @returns undefined when the request goes beyond the grant
 */
export function narrowResources(granted: string | null, wanted: string | null): string | null | undefined {
  if (wanted === null) return granted;
  const fits = namesOf(wanted).every((name) => opensResource(granted, name));
  return fits ? wanted : undefined;
}

function namesOf(resources: string | null): ResourceName[] {
  return resources === null ? ['server'] : resources.split(' ').filter(isResourceName);
}

/** One slash at the end is let pass: `new URL(origin).href` adds it. */
function nameOf(address: string, issuer: string): ResourceName | undefined {
  const plain = address.endsWith('/') ? address.slice(0, -1) : address;
  return resourceNames.find((name) => resourceAddress(issuer, name) === plain);
}

/** The whole server contains its APIs. */
function storedText(named: ReadonlySet<ResourceName>): string {
  return named.has('server') ? 'server' : resourceNames.filter((name) => named.has(name)).join(' ');
}

function explain(issuer: string): string {
  const offered = resourceNames.map((name) => resourceAddress(issuer, name)).join(', ');
  return `resource is not an address of this server. It is one of ${offered}; leave it out for all of them.`;
}
