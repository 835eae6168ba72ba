/** The chat APIs' structures, as far as the pages read them. A server newer than the page may send more. */

export interface RichButton {
  text: string;
  type?: string;
  value?: string;
  postback_id: string;
  user_ids?: string[];
}

export interface RichElement {
  title?: string;
  subtitle?: string;
  image?: { url: string; alternative_text?: string; name?: string };
  buttons?: RichButton[];
}

export interface FormField {
  type: string;
  label?: string;
  value?: unknown;
  answer?: unknown;
  answers?: unknown;
}

export interface ChatEvent {
  id: string;
  custom_id?: string;
  created_at: string;
  type: string;
  author_id?: string;
  visibility?: string;
  text?: string;
  url?: string;
  name?: string;
  content_type?: string;
  size?: number;
  width?: number;
  height?: number;
  thumbnail_url?: string;
  alternative_text?: string;
  template_id?: string;
  elements?: RichElement[];
  fields?: FormField[];
  system_message_type?: string;
  deleted?: boolean;
}

export interface Thread {
  id: string;
  created_at: string;
  active: boolean;
  user_ids: string[];
  events: ChatEvent[];
  tags?: string[];
  access?: { group_ids: number[] };
  queue?: { position: number; wait_time?: number };
  previous_thread_id?: string;
}

export interface User {
  id: string;
  type: 'agent' | 'customer';
  name?: string;
  email?: string;
  avatar?: string;
  present?: boolean;
  events_seen_up_to?: string;
  visibility?: string;
}

export interface Chat {
  id: string;
  thread?: Thread;
  users: User[];
  access?: { group_ids: number[] };
  is_followed?: boolean;
}
