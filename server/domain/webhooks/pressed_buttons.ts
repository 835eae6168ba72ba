import type { ChatEvent } from '../chats/chat.ts';
import type { SentPostback } from '../chats/signals.ts';

interface Button {
  type?: string;
  value?: string;
  postback_id?: string;
  user_ids?: string[];
}

/** Whose buttons of a rich message went on or off between two states of it. */
export function pressedBy(before: ChatEvent, after: ChatEvent): { userId: string; postback: SentPostback }[] {
  const [was, is] = [buttonsOf(before), buttonsOf(after)];
  const presses = new Map<string, { userId: string; postback: SentPostback }>();
  for (const [at, button] of is.entries()) {
    const earlier = was[at]?.user_ids ?? [];
    const now = button.user_ids ?? [];
    const on = now.filter((id) => !earlier.includes(id)).map((userId) => ({ userId, toggled: true }));
    const off = earlier.filter((id) => !now.includes(id)).map((userId) => ({ userId, toggled: false }));
    for (const { userId, toggled } of [...on, ...off]) {
      const postback: SentPostback = {
        id: button.postback_id ?? '',
        toggled,
        ...(button.type === undefined ? {} : { button_type: button.type }),
        ...(button.value === undefined ? {} : { button_value: button.value }),
      };
      // Several buttons may share a postback.
      presses.set(`${userId} ${postback.id}`, { userId, postback });
    }
  }
  return [...presses.values()];
}

function buttonsOf({ content }: ChatEvent): Button[] {
  const elements = (content.elements ?? []) as { buttons?: Button[] }[];
  return elements.flatMap(({ buttons }) => buttons ?? []);
}
