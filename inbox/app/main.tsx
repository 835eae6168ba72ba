import '../../console/design/mantine_styles.ts';
import './inbox.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { shareStyleNonce, styleNonce } from '../../console/app/style_nonce.ts';
import { ConfirmProvider } from '../../console/design/confirm.tsx';
import { theme } from '../../console/design/theme.ts';
import { Toasts } from '../../console/design/toast.tsx';
import { agentApi } from '../state/agent_api.ts';
import { createInbox } from '../state/inbox.ts';
import { followAddress } from './address.ts';
import { InboxApp } from './inbox_app.tsx';
import { InboxContext } from './use_inbox.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

shareStyleNonce();
const inbox = createInbox(agentApi());
followAddress(inbox);
inbox.start();

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <ConfirmProvider>
        <InboxContext value={inbox}>
          <InboxApp />
        </InboxContext>
        <Toasts />
      </ConfirmProvider>
    </MantineProvider>
  </StrictMode>,
);
