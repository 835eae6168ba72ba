import { Alert } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AuthorizationSettings } from '../../api/types.ts';
import { useSession } from '../../api/use_session.ts';
import { CodeBlock } from '../../design/code_block.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { AuthorizationForm } from './authorization_form.tsx';
import { BotIdentity } from './bot_identity.tsx';
import { ChooseClientType } from './choose_client_type.tsx';
import { Credentials } from './credentials.tsx';
import { RemoveBlock } from './remove_block.tsx';
import { StrictReadiness } from './strict_readiness.tsx';
import { TryIt } from './try_it.tsx';

/** The App Authorization block: what makes the app an OAuth client. */
export function AuthorizationPage() {
  const texts = useTexts();
  const app = useApp();
  const session = useSession();
  const block = app.authorization;
  const unsaved = useRef<AuthorizationSettings | null>(null);
  const [dirty, setDirty] = useState(false);

  return (
    <>
      <PageHeader
        title={texts.authorization.title}
        description={texts.authorization.description}
        context={app.name}
      />
      {block ? (
        <>
          <Credentials app={app} block={block} />
          <AuthorizationForm
            key={block.client_id}
            app={app}
            block={block}
            onDraft={(draft) => {
              unsaved.current = draft;
              setDirty(draft !== null);
            }}
          />
          <StrictReadiness app={app} block={block} />
          <TryIt app={app} block={block} dirty={dirty} />
          {block.type === 'server_side_app' ? (
            <BotIdentity app={app} bot={block.bot} tokenUrl={`${session.urls.api}/oauth2/token`} />
          ) : null}
          <RemoveBlock
            app={app}
            onRemove={() => {
              unsaved.current = null;
            }}
          />
        </>
      ) : (
        <>
          {unsaved.current ? (
            <Alert color="orange" variant="light" role="alert" mb="md" title={texts.authorization.goneTitle}>
              {texts.authorization.goneText}
              <CodeBlock
                label={texts.authorization.goneLabel}
                code={JSON.stringify(unsaved.current, null, 2)}
              />
            </Alert>
          ) : null}
          <ChooseClientType app={app} />
        </>
      )}
    </>
  );
}
