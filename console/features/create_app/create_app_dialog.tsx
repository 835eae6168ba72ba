import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { createApp } from '../../api/apps.ts';
import type { Product } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { focusFirstInvalid } from '../../design/focus_first_invalid.ts';
import { clipName } from '../../design/names.ts';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';
import { PRODUCTS } from '../app/client_types.ts';
import { keepApp } from '../app/use_app_mutation.ts';

/** Name and product; then on to the new app's Overview. */
export function CreateAppDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const texts = useTexts();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [product, setProduct] = useState<Product>('livechat');
  const [nameMissing, setNameMissing] = useState(false);
  const create = useMutation({
    mutationFn: createApp,
    onSuccess: async (app) => {
      keepApp(queryClient, app);
      toast.done(texts.createApp.done(clipName(app.name)));
      await navigate({ to: '/apps/$appId/overview', params: { appId: app.id } });
    },
  });

  const close = () => {
    if (create.isPending) return;
    create.reset();
    setNameMissing(false);
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (name.trim()) create.mutate({ name: name.trim(), product });
    else {
      setNameMissing(true);
      focusFirstInvalid(event.currentTarget);
    }
  };
  const nameRefused = create.error instanceof ApiError ? create.error.forField('name') : undefined;

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={texts.createApp.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={texts.createApp.name}
            description={texts.createApp.nameHint}
            required
            autoComplete="off"
            dir="auto"
            data-autofocus
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setNameMissing(false);
              if (create.error) create.reset();
            }}
            error={nameMissing ? texts.createApp.nameMissing : nameRefused}
          />
          <Radio.Group
            label={texts.createApp.product}
            description={texts.createApp.productHint}
            value={product}
            onChange={(value) => setProduct(value as Product)}
          >
            <Stack gap="xs" mt="xs">
              {PRODUCTS.map((each) => (
                <Radio key={each} value={each} label={texts.products[each]} />
              ))}
            </Stack>
          </Radio.Group>
          {nameRefused ? null : <ErrorAlert error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {texts.createApp.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
