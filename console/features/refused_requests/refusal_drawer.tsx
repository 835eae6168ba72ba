import { Drawer, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RefusedRequest } from '../../api/refusal_types.ts';
import { CopyField } from '../../design/copy_field.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { MarkedText } from '../../design/marked_text.tsx';
import { NameText } from '../../design/name_text.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { placeToMend } from './mend.ts';

/** A refusal, and the app it belongs to; the name where it may be another than the one that is open. */
export interface ShownRefusal {
  appId: string;
  appName?: string;
  refusal: RefusedRequest;
}

/** Everything about one refusal, and the way to where it is mended. */
export function RefusalDrawer({ shown, onClose }: { shown: ShownRefusal | null; onClose: () => void }) {
  const texts = useTexts();
  return (
    <Drawer
      opened={shown !== null}
      onClose={onClose}
      position="right"
      size="min(34rem, 100vw)"
      title={texts.refusals.detailsTitle}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {shown ? <Details {...shown} /> : null}
    </Drawer>
  );
}

function Details({ appId, appName, refusal }: ShownRefusal) {
  const texts = useTexts();
  const words = texts.refusals;
  const advice = words.advice[refusal.reason];
  const at = refusal.first_difference;
  const place = placeToMend(refusal);
  return (
    <Stack gap="md">
      <div>
        <Text fw={700} size="lg" component="h3">
          {words.reasons[refusal.reason]}
        </Text>
        <Text mt={4} className="name">
          {refusal.check}
        </Text>
        {advice ? <Text mt="xs">{advice}</Text> : null}
      </div>
      {place ? (
        <LinkButton
          to="/apps/$appId/authorization"
          params={{ appId }}
          search={place.add ? { add_redirect_uri: place.add } : {}}
          hash={place.part}
          style={{ alignSelf: 'flex-start' }}
        >
          {words.mend}
        </LinkButton>
      ) : null}
      <dl className="facts" style={{ margin: 0 }}>
        {appName ? (
          <Fact name={words.ofApp}>
            <NameText>{appName}</NameText>
          </Fact>
        ) : null}
        <Fact name={words.parameter} value={refusal.parameter} />
        <Fact name={words.received} value={refusal.received} mark={at} />
        <Fact name={words.expected} value={refusal.expected} mark={at} />
        <Fact name={words.nearest} value={refusal.nearest} mark={refusal.expected === null ? at : null} />
        <Fact name={words.at}>
          <TimeText value={refusal.at} />
        </Fact>
        <Fact name={words.where}>
          {words.endpoints[refusal.endpoint]}{' '}
          <code>
            {refusal.method} {refusal.path}
          </code>
        </Fact>
        <Fact name={words.wire} value={refusal.error} />
      </dl>
      {at === null ? null : (
        <Text size="sm" c="dimmed">
          {words.differs(at)}
        </Text>
      )}
      <CopyField label={words.requestId} value={refusal.request_id} />
    </Stack>
  );
}

/** A value of the request as code, the character at which it differs marked; or whatever else is given. */
function Fact({
  name,
  value,
  mark = null,
  children,
}: {
  name: string;
  value?: string | null;
  mark?: number | null;
  children?: ReactNode;
}) {
  if (value === null || (value === undefined && children === undefined)) return null;
  return (
    <div style={{ marginBlockEnd: '0.6rem' }}>
      <Text component="dt" size="xs" c="dimmed" fw={600}>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="name">
        {value === undefined ? children : <MarkedText text={value ?? ''} at={mark} />}
      </Text>
    </div>
  );
}
