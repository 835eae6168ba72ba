import { Button, Group, Radio, SimpleGrid } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { addAuthorization } from '../../api/authorization.ts';
import type { App, ClientType } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CLIENT_TYPES } from '../app/client_types.ts';
import { freshSecrets } from '../app/fresh_secrets.ts';
import { useAppMutation } from '../app/use_app_mutation.ts';

/** The one choice that comes first, because it decides whether there is a secret. */
export function ChooseClientType({ app }: { app: App }) {
  const texts = useTexts();
  const [type, setType] = useState<ClientType | null>(null);
  const [missing, setMissing] = useState(false);
  const add = useAppMutation(
    app.id,
    async (chosen: ClientType) => {
      const answer = await addAuthorization(app.id, chosen);
      // Before the page shows the block: the secret comes only this once.
      if (answer.client_secret) freshSecrets.show(app.id, answer.client_secret);
      return answer;
    },
    (answer) => answer.app,
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (type) add.mutate(type);
    else setMissing(true);
  };

  return (
    <SectionCard title={texts.authorization.chooseTitle} description={texts.authorization.chooseText}>
      <form onSubmit={submit} noValidate>
        <Radio.Group
          label={texts.authorization.clientType}
          value={type}
          onChange={(value) => {
            setType(value as ClientType);
            setMissing(false);
          }}
          error={missing ? texts.authorization.chooseMissing : null}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" mb="xs">
            {CLIENT_TYPES.map((each) => (
              <div key={each} className="choice">
                <Radio
                  value={each}
                  label={texts.clientTypes[each].name}
                  description={texts.clientTypes[each].text}
                  size="md"
                />
              </div>
            ))}
          </SimpleGrid>
        </Radio.Group>
        <ErrorAlert error={add.error} mt="md" />
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={add.isPending}>
            {texts.authorization.add}
          </Button>
        </Group>
      </form>
    </SectionCard>
  );
}
