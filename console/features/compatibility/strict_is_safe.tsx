import { Alert } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';

/** Nothing stands in the way of the strict profile. */
export function StrictIsSafe({ title, text }: { title: string; text: string }) {
  return (
    <Alert color="teal" variant="light" icon={<IconShieldCheck size={20} />} title={title}>
      {text}
    </Alert>
  );
}
