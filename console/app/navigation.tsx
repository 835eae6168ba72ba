import { NavLink, Text } from '@mantine/core';
import {
  IconApps,
  IconBook,
  IconBuildingArch,
  IconBuildingStore,
  IconChartBar,
  IconEyeCheck,
  IconFileCode,
  IconHome,
  IconInbox,
  IconKey,
  IconListDetails,
  IconLogin2,
  IconMessageCircle,
  IconPackage,
  IconPhoto,
  IconShieldCheck,
  IconShieldLock,
  IconShieldX,
  IconUsers,
  IconWebhook,
  IconWorldUpload,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMatch } from '@tanstack/react-router';
import { appQuery } from '../api/queries.ts';
import { useSession } from '../api/use_session.ts';
import { NavigationLink } from '../design/link_button.tsx';
import { NameText } from '../design/name_text.tsx';
import { useTexts } from '../texts/texts.ts';
import { TeamNavigation } from './team_navigation.tsx';
import { ToolsNavigation } from './tools_navigation.tsx';

const ICON = 18;
/** Apps is not where one is while one of them is open; the search in the address does not matter. */
const EXACT = { exact: true, includeSearch: false };

/**
 * The places of the Console, and below them the places of the app that is open.
 * @param develops false for members, who have fewer places
 */
export function Navigation({ docs, develops }: { docs: string; develops: boolean }) {
  const texts = useTexts();
  const { role } = useSession();
  const match = useMatch({ from: '/apps/$appId', shouldThrow: false });
  const appId = match?.params.appId;
  return (
    <>
      <nav aria-label={texts.nav.label}>
        <NavigationLink
          to="/apps"
          label={texts.nav.apps}
          leftSection={<IconApps size={ICON} />}
          activeOptions={EXACT}
        />
        {develops ? (
          <NavigationLink
            to="/public-apps"
            label={texts.publicApps.title}
            leftSection={<IconBuildingStore size={ICON} />}
            activeOptions={EXACT}
          />
        ) : null}
        {develops ? <ToolsNavigation /> : null}
        <Text size="xs" c="dimmed" fw={600} px="sm" pt="sm" pb={4}>
          {texts.nav.settings}
        </Text>
        <NavigationLink
          to="/settings/people"
          label={texts.nav.people}
          leftSection={<IconUsers size={ICON} />}
          activeOptions={EXACT}
        />
        {develops ? <TeamNavigation /> : null}
        <NavigationLink
          to="/settings/personal-access-tokens"
          label={texts.nav.personalAccessTokens}
          leftSection={<IconKey size={ICON} />}
          activeOptions={EXACT}
        />
        {develops ? (
          <NavigationLink
            to="/settings/security"
            label={texts.nav.security}
            leftSection={<IconShieldCheck size={ICON} />}
            activeOptions={EXACT}
          />
        ) : null}
        {develops ? (
          <>
            <NavigationLink
              to="/settings/webhooks"
              label={texts.webhooks.title}
              leftSection={<IconWebhook size={ICON} />}
              activeOptions={EXACT}
            />
            <NavigationLink
              to="/settings/greetings"
              label={texts.greetings.title}
              leftSection={<IconMessageCircle size={ICON} />}
              activeOptions={EXACT}
            />
            <NavigationLink
              to="/settings/sign-in"
              label={texts.signIn.nav}
              leftSection={<IconLogin2 size={ICON} />}
              activeOptions={EXACT}
            />
          </>
        ) : null}
        {role === 'owner' ? (
          <NavigationLink
            to="/settings/audit-log"
            label={texts.nav.auditLog}
            leftSection={<IconListDetails size={ICON} />}
            activeOptions={EXACT}
          />
        ) : null}
        <NavLink href="/inbox" label={texts.chat.inbox} leftSection={<IconInbox size={ICON} />} />
        <NavLink
          href={docs}
          label={texts.shell.docs}
          leftSection={<IconBook size={ICON} />}
          hiddenFrom="sm"
        />
      </nav>
      {appId && develops ? <AppNavigation appId={appId} /> : null}
    </>
  );
}

function AppNavigation({ appId }: { appId: string }) {
  const texts = useTexts();
  const { data: app } = useQuery(appQuery(appId));
  const params = { appId };
  return (
    <nav aria-label={texts.nav.appLabel} style={{ marginBlockStart: '1rem' }}>
      <Text component="div" size="xs" c="dimmed" fw={600} px="sm" pb={4}>
        <NameText size="xs" fw={600} lines={2}>
          {app?.name ?? texts.nav.thisApp}
        </NameText>
      </Text>
      <NavigationLink
        to="/apps/$appId/overview"
        params={params}
        label={texts.nav.overview}
        leftSection={<IconHome size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/building-blocks"
        params={params}
        label={texts.nav.buildingBlocks}
        leftSection={<IconBuildingArch size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/authorization"
        params={params}
        label={texts.nav.authorization}
        leftSection={<IconShieldLock size={ICON} />}
        pl="xl"
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/chat-webhooks"
        params={params}
        label={texts.chatWebhooks.title}
        leftSection={<IconWebhook size={ICON} />}
        pl="xl"
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/consent-preview"
        params={params}
        label={texts.consentPreview.nav}
        leftSection={<IconEyeCheck size={ICON} />}
        pl="xl"
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/display-details"
        params={params}
        label={texts.nav.displayDetails}
        leftSection={<IconPhoto size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/private-installation"
        params={params}
        label={texts.nav.privateInstallation}
        leftSection={<IconPackage size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/refused-requests"
        params={params}
        label={texts.nav.refusedRequests}
        leftSection={<IconShieldX size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/usage"
        params={params}
        label={texts.usage.title}
        leftSection={<IconChartBar size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/publishing"
        params={params}
        label={texts.publishing.title}
        leftSection={<IconWorldUpload size={ICON} />}
        activeOptions={EXACT}
      />
      <NavigationLink
        to="/apps/$appId/manifest"
        params={params}
        label={texts.manifest.title}
        leftSection={<IconFileCode size={ICON} />}
        activeOptions={EXACT}
      />
    </nav>
  );
}
