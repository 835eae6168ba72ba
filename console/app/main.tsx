import '../design/mantine_styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { theme } from '../design/theme.ts';
import { createQueryClient } from './query_client.ts';
import { createConsoleRouter } from './router.tsx';
import { shareStyleNonce, styleNonce } from './style_nonce.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

shareStyleNonce();
const queryClient = createQueryClient();
const router = createConsoleRouter(queryClient);

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
