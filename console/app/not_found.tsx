import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../design/empty_state.tsx';
import { LinkButton } from '../design/link_button.tsx';
import { PageHeader } from '../design/page_header.tsx';
import { useTexts } from '../texts/texts.ts';

export function NotFound() {
  const texts = useTexts();
  return (
    <div className="page">
      <PageHeader title={texts.notFound.title} />
      <EmptyState
        icon={<IconMapOff size={30} />}
        title={texts.notFound.heading}
        text={texts.notFound.text}
        action={<LinkButton to="/apps">{texts.nav.apps}</LinkButton>}
      />
    </div>
  );
}
