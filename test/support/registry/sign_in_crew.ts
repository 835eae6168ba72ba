import { randomUUID } from 'node:crypto';
import { EXAMPLE_CERTIFICATE } from '../../../server/apis/accounts/saml_configuration.ts';
import type { Organization, World } from '../world.ts';

/** The rules of signing in as a method needs them: nothing enforced but for the one that ends it. */
export async function prepareSignIn(
  world: World,
  { licenseId }: Organization,
  accountId: string,
  name: string,
): Promise<Record<string, unknown>> {
  const now = world.server.clock.now();
  const domainId = randomUUID();
  await world.server.composition.storage.write(async ({ signIn }) => {
    await signIn.releaseLoginMethod(licenseId, 'saml');
    await signIn.removeSaml(licenseId);
    for (const { id } of await signIn.domains(licenseId)) await signIn.removeDomain(licenseId, id);
    const domain = {
      licenseId,
      token: 't0',
      createdAt: now,
      lapsedAt: null,
      checkedAt: null,
      nextCheckAt: now + 1e12,
      problem: null,
      failingSince: null,
    };
    for (const proven of ['example.test', 'example.com'])
      await signIn.addDomain({ ...domain, id: randomUUID(), domain: proven, verifiedAt: now });
    await signIn.addDomain({ ...domain, id: domainId, domain: `${domainId}.example`, verifiedAt: null });
    if (name !== 'create_saml')
      await signIn.addSaml({
        licenseId,
        entrypoint: 'https://idp.example/sso',
        certificate: EXAMPLE_CERTIFICATE,
        idpEntityId: 'https://idp.example/metadata',
        spEntityId: null,
        active: true,
        provisioning: 'off',
        revision: 1,
        createdAt: now,
        updatedAt: now,
      });
    if (name === 'disable_login_method')
      await signIn.enforceLoginMethod({ licenseId, method: 'saml', enforcedBy: accountId, enforcedAt: now });
  });
  return { domain_id: domainId };
}
