import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { signInAddress } from '../../console/app/sign_in_address.ts';
import { texts } from '../texts/en.ts';
import { useInbox, useInboxState } from './use_inbox.ts';

/** The session ended while the inbox was open. Where nothing was typed yet, the sign-in page takes its place. */
export function SignedOut() {
  const inbox = useInbox();
  const { me } = useInboxState();
  useEffect(() => {
    if (!me) location.replace(signInAddress());
  }, [me]);
  useEffect(() => {
    window.addEventListener('focus', inbox.tryAgain);
    return () => window.removeEventListener('focus', inbox.tryAgain);
  }, [inbox]);
  if (!me) return null;
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} title={texts.signedOut.title} zIndex={500}>
      <Text size="sm">{texts.signedOut.text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button
          component="a"
          href={signInAddress()}
          target="_blank"
          rel="noopener"
          variant="default"
          data-autofocus
        >
          {texts.signedOut.logIn}
        </Button>
        <Button onClick={inbox.tryAgain}>{texts.signedOut.goOn}</Button>
      </Group>
    </Modal>
  );
}
