import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isApiError } from '../api/api_error.ts';
import { sessionQuery } from '../api/queries.ts';
import { readSession, switchOrganization } from '../api/session.ts';
import { sessionGate } from '../api/session_gate.ts';
import type { Session } from '../api/types.ts';
import { useTexts } from '../texts/texts.ts';
import { signInAddress } from './sign_in_address.ts';

type Finding = 'unknown' | 'still_ended' | 'unreachable' | { someoneElse: string };

/**
 * The session ended while this page was open. What was typed stays; the person logs in again in another tab,
 * and the refused calls are sent once more. Coming back to this tab is enough.
 */
export function SessionEnded({ session }: { session: Session }) {
  const texts = useTexts();
  const queryClient = useQueryClient();
  const closed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const [finding, setFinding] = useState<Finding>('unknown');
  const [checking, setChecking] = useState(false);
  const busy = useRef(false);

  const tryAgain = useCallback(
    async (asked: boolean) => {
      if (busy.current) return;
      busy.current = true;
      if (asked) setChecking(true);
      try {
        let next = await readSession();
        if (next.account.id !== session.account.id) {
          // Their calls must not be sent in another person's name.
          setFinding({ someoneElse: next.account.email });
          return;
        }
        if (next.organization.id !== session.organization.id)
          next = await switchOrganization(session.organization.id);
        queryClient.setQueryData(sessionQuery.queryKey, next);
        setFinding('unknown');
        sessionGate.open('resumed');
      } catch (error) {
        if (asked) setFinding(isApiError(error, 'authentication') ? 'still_ended' : 'unreachable');
      } finally {
        busy.current = false;
        setChecking(false);
      }
    },
    [queryClient, session],
  );

  useEffect(() => {
    if (!closed) return;
    const onFocus = () => void tryAgain(false);
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [closed, tryAgain]);

  const giveUp = () => {
    setFinding('unknown');
    sessionGate.open('given_up');
  };

  return (
    <Modal
      opened={closed}
      onClose={giveUp}
      closeOnClickOutside={false}
      title={texts.sessionEnded.title}
      closeButtonProps={{ 'aria-label': texts.close }}
      zIndex={500}
    >
      <Stack gap="md">
        <Text size="sm">{texts.sessionEnded.text}</Text>
        {finding === 'unknown' ? null : (
          <Alert color="orange" role="alert" variant="light">
            {typeof finding === 'object'
              ? texts.sessionEnded.someoneElse(finding.someoneElse, session.account.email)
              : texts.sessionEnded.findings[finding]}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button
            component="a"
            href={signInAddress()}
            target="_blank"
            rel="noopener"
            variant="default"
            rightSection={<IconExternalLink size={16} />}
            data-autofocus
          >
            {texts.sessionEnded.logIn}
          </Button>
          <Button onClick={() => void tryAgain(true)} loading={checking}>
            {texts.sessionEnded.goOn}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
