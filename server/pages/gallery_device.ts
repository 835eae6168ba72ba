import { deviceAnsweredPage, deviceCodePage, deviceConsentPage, deviceOrganizationPage } from './device.ts';
import type { GalleryEntry } from './gallery_samples.ts';
import { consent, entry, olivia, organizations, scopes, signedIn } from './gallery_samples.ts';

const userCode = 'BCDF-GHJK';
const question = {
  userCode,
  app: consent.app,
  account: olivia,
  organization: { id: '390e44e6-f1e6-4368-8f6d-74a145080001', name: 'Acme' },
  scopes,
};

/** Connecting a device. */
export const device: GalleryEntry[] = [
  entry('device_code', deviceCodePage, {}, signedIn),
  entry('device_code_by_link', deviceCodePage, { userCode }, signedIn),
  ...(['missing', 'unknown', 'access_denied', 'invalid_scope', 'throttled'] as const).map((failure) =>
    entry(
      `device_code_${failure}`,
      (context, view: { userCode: string }) => deviceCodePage(context, { ...view, failure }),
      { userCode },
      signedIn,
    ),
  ),
  entry('device_consent', deviceConsentPage, question, signedIn),
  entry(
    'device_consent_unverified',
    deviceConsentPage,
    { ...question, app: { name: 'Wall Display', trust: 'unverified', madeBy: 'Elsewhere' } },
    signedIn,
  ),
  entry(
    'device_organization',
    deviceOrganizationPage,
    { userCode, appName: 'Wall Display', organizations },
    signedIn,
  ),
  entry('device_allowed', deviceAnsweredPage, { kind: 'allowed', appName: 'Wall Display' }, signedIn),
  entry('device_cancelled', deviceAnsweredPage, { kind: 'cancelled', appName: 'Wall Display' }, signedIn),
];
