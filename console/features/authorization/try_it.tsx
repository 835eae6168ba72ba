import { Alert, Button, List, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { App, Authorization } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { CodeBlock } from '../../design/code_block.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useFreshSecret } from '../app/fresh_secrets.ts';
import { createPkce, type Pkce, randomText } from './pkce.ts';
import {
  authorizeUrl,
  listChatsWithToken,
  needsPkce,
  readPasted,
  readPastedToken,
  tokenCommand,
} from './try_it_requests.ts';

interface TryItProps {
  app: App;
  block: Authorization;
  /** The form above has unsaved changes, which these requests do not know. */
  dirty: boolean;
}

/** The walk from the authorize address to List Chats, filled with this app's saved values. */
export function TryIt({ app, block, dirty }: TryItProps) {
  const texts = useTexts();
  return (
    <SectionCard id="try_it" title={texts.tryIt.title} description={texts.tryIt.description}>
      {block.redirect_uris.length === 0 ? (
        <Text size="sm">{texts.tryIt.needsRedirectUri}</Text>
      ) : (
        <Stack gap="md">
          {dirty ? (
            <Alert color="orange" variant="light">
              {texts.tryIt.savedOnly}
            </Alert>
          ) : null}
          {block.scopes.length === 0 ? (
            <Alert color="orange" variant="light">
              {texts.tryIt.noScopes}
            </Alert>
          ) : null}
          <Walk app={app} block={block} />
        </Stack>
      )}
    </SectionCard>
  );
}

function Walk({ app, block }: { app: App; block: Authorization }) {
  const texts = useTexts();
  const { urls } = useSession();
  const secret = useFreshSecret(app.id)?.secret ?? texts.tryIt.yourSecret;
  const [state] = useState(() => randomText(12));
  const [pkce, setPkce] = useState<Pkce | null>(null);
  const [chosenUri, setChosenUri] = useState('');
  const [pastedCode, setPastedCode] = useState('');
  const [pastedToken, setPastedToken] = useState('');

  const redirectUri = block.redirect_uris.includes(chosenUri) ? chosenUri : (block.redirect_uris[0] ?? '');
  const withPkce = needsPkce(block, redirectUri);
  useEffect(() => {
    if (!withPkce) return setPkce(null);
    let current = true;
    void createPkce().then((pair) => {
      if (current) setPkce(pair);
    });
    return () => {
      current = false;
    };
  }, [withPkce]);

  if (withPkce && !pkce) return null;
  const address = authorizeUrl(urls, block, { redirectUri, state, pkce });
  const pasted = readPasted(pastedCode);
  const code = pasted.kind === 'code' ? pasted.code : texts.tryIt.yourCode;
  const token = readPastedToken(pastedToken);

  return (
    <List
      type="ordered"
      spacing="lg"
      listStyleType="none"
      styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
    >
      <List.Item>
        <Stack gap="sm">
          <Text fw={600} size="sm">
            {texts.tryIt.authorizeStep}
          </Text>
          {block.redirect_uris.length > 1 ? (
            <NativeSelect
              label={texts.tryIt.redirectUri}
              value={redirectUri}
              data={block.redirect_uris}
              onChange={(event) => setChosenUri(event.currentTarget.value)}
            />
          ) : null}
          <CodeBlock label={texts.tryIt.authorizeAddress} code={address} />
          <div>
            <Button
              component="a"
              href={address}
              target="_blank"
              rel="noopener noreferrer"
              rightSection={<IconExternalLink size={16} />}
            >
              {texts.tryIt.open}
            </Button>
          </div>
          {pkce?.method === 'plain' && block.profile === 'strict' ? (
            <Alert color="orange" variant="light">
              {texts.tryIt.noS256}
            </Alert>
          ) : null}
          {pkce ? (
            <Text size="xs" c="dimmed">
              {texts.tryIt.pkce}
            </Text>
          ) : null}
        </Stack>
      </List.Item>
      <List.Item>
        <Stack gap="sm">
          <TextInput
            label={texts.tryIt.pasteCode}
            description={texts.tryIt.pasteCodeHint}
            value={pastedCode}
            onChange={(event) => setPastedCode(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            error={
              pasted.kind === 'refused'
                ? texts.tryIt.refused(pasted.reason)
                : pasted.kind === 'no_code'
                  ? texts.tryIt.noCode
                  : null
            }
          />
          {pasted.kind === 'code' && pasted.state !== null && pasted.state !== state ? (
            <Alert color="orange" variant="light">
              {texts.tryIt.otherState}
            </Alert>
          ) : null}
        </Stack>
      </List.Item>
      <List.Item>
        <Stack gap="sm">
          <Text fw={600} size="sm">
            {texts.tryIt.tokenStep}
          </Text>
          <CodeBlock
            label={texts.tryIt.tokenRequest}
            code={tokenCommand(urls, block, { code, redirectUri, secret, pkce })}
          />
        </Stack>
      </List.Item>
      <List.Item>
        <Stack gap="sm">
          <TextInput
            label={texts.tryIt.pasteToken}
            description={texts.tryIt.pasteTokenHint}
            value={pastedToken}
            onChange={(event) => setPastedToken(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            error={pastedToken.trim() && token === null ? texts.tryIt.noToken : null}
          />
          <CodeBlock
            label={texts.tryIt.listChats}
            code={listChatsWithToken(urls, token ?? texts.tryIt.yourToken)}
          />
        </Stack>
      </List.Item>
    </List>
  );
}
