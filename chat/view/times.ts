const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** @param timestamp as on the wire; the browser's own time zone counts */
export const dayOf = (timestamp: string): string => day.format(new Date(timestamp));
export const timeOf = (timestamp: string): string => time.format(new Date(timestamp));
