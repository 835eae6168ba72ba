const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const longDay = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** Today's by the clock, others by the day. @param timestamp as on the wire; the browser's time zone counts */
export function shortTime(timestamp: string): string {
  const at = new Date(timestamp);
  return at.toDateString() === new Date().toDateString() ? time.format(at) : day.format(at);
}

export const clockTime = (timestamp: string): string => time.format(new Date(timestamp));
export const dayOf = (timestamp: string): string => longDay.format(new Date(timestamp));
