import { count } from './words.ts';

/** What an app asks for. */
export const usageTexts = {
  usage: {
    title: 'Usage',
    description: 'What this app asked for, how it ended and how long it took. Kept for 90 days, by hour.',
    time: 'Time shown',
    days: (days: number) => (days === 1 ? '24 hours' : `${days} days`),
    emptyTitle: 'No requests in this time',
    emptyText: 'As soon as the app gets a token and calls a method, it shows here within half a minute.',
    overTime: 'Requests over time',
    byMethod: 'By method',
    byStatus: 'By status',
    method: 'Method',
    requests: 'Requests',
    answered: 'Answered',
    refused: 'Refused',
    failed: 'Failed',
    half: 'Half took (p50)',
    most: '95 % took (p95)',
    within: (milliseconds: number | null) => (milliseconds === null ? '> 5 s' : `≤ ${milliseconds} ms`),
    scopes: 'Scopes',
    scopesNeeded: (days: number) => `Every scope was needed in the last ${count(days, 'day', 'days')}.`,
    scopesSpare: (days: number) =>
      `In the last ${count(days, 'day', 'days')} the app needed less than it asks people for. A smaller set is easier to allow, and less harm when a token leaks.`,
    unused: 'Nothing used:',
    smaller: 'The smaller set',
    changeScopes: 'Change the scopes',
  },
};
