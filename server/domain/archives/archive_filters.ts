import type { PropertyFilters } from '../../wire/properties.ts';

export interface TimedFilter {
  from?: string | undefined;
  to?: string | undefined;
}

export interface ValueFilter<V> {
  exists?: boolean | undefined;
  values?: V[] | undefined;
  exclude_values?: V[] | undefined;
  require_every_value?: boolean | undefined;
}

export interface GroupsFilter {
  values?: (string | number)[] | undefined;
  exclude_values?: (string | number)[] | undefined;
}

export interface FormFilter extends TimedFilter {
  exists?: boolean | undefined;
  type?: 'pre_chat' | 'post_chat' | undefined;
  values?: string[] | undefined;
  exclude_values?: string[] | undefined;
  groups?: GroupsFilter | undefined;
}

/** What List Archives may be asked for, as it arrives. */
export interface ArchiveFilters extends TimedFilter {
  query?: string | undefined;
  chat_ids?: string[] | undefined;
  thread_ids?: string[] | undefined;
  group_ids?: number[] | undefined;
  properties?: PropertyFilters | undefined;
  agents?: ValueFilter<string> | undefined;
  tags?: ValueFilter<string> | undefined;
  sales?: ValueFilter<string | number> | undefined;
  goals?: ValueFilter<string | number> | undefined;
  forms?: FormFilter[] | undefined;
  event_types?: ValueFilter<string> | undefined;
  greetings?:
    | (TimedFilter & GroupsFilter & { exists?: boolean | undefined; groups?: GroupsFilter | undefined })
    | undefined;
  agent_response?:
    | {
        exists?: boolean | undefined;
        first?: boolean | undefined;
        agents?: GroupsFilter | undefined;
        groups?: GroupsFilter | undefined;
      }
    | undefined;
  agent_types?:
    | {
        all_values?: string[] | undefined;
        any_values?: string[] | undefined;
        exclude_values?: string[] | undefined;
      }
    | undefined;
  customer_countries?: ValueFilter<string> | undefined;
  customer_id?: string | undefined;
  customer_email?: string | undefined;
}
