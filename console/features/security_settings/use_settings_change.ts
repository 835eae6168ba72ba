import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isApiError } from '../../api/api_error.ts';
import { updateOrganizationSettings } from '../../api/organization.ts';
import { organizationSettingsQuery } from '../../api/queries.ts';
import type { OrganizationSettings } from '../../api/types.ts';

/** Saves a part of the organization's settings. A refusal makes the page read them again, as they are by now. */
export function useSettingsChange(
  settings: OrganizationSettings,
  onSaved: (saved: OrganizationSettings) => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Omit<OrganizationSettings, 'version'>>) =>
      updateOrganizationSettings({ version: settings.version, ...change }),
    onSuccess: (saved) => {
      queryClient.setQueryData(organizationSettingsQuery.queryKey, saved);
      onSaved(saved);
    },
    onError: (error) => {
      if (isApiError(error) && error.status >= 400 && error.status < 500)
        return queryClient.invalidateQueries({ queryKey: organizationSettingsQuery.queryKey });
      return undefined;
    },
  });
}
