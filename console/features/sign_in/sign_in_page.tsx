import { PageHeader } from '../../design/page_header.tsx';
import { useTexts } from '../../texts/texts.ts';
import { DomainsCard } from './domains_card.tsx';
import { LoginMethodsCard } from './login_methods_card.tsx';
import { SamlCard } from './saml_card.tsx';

/** How the people of the organization log in. */
export function SignInPage() {
  const words = useTexts().signIn;
  return (
    <div className="page">
      <PageHeader title={words.title} description={words.description} />
      <DomainsCard />
      <SamlCard />
      <LoginMethodsCard />
    </div>
  );
}
