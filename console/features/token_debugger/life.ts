import type { LifeState } from '../../api/token_debugger.ts';

/** Green works, grey has done its work, orange is over in the course of things, red was ended. */
export function colourOf(state: LifeState): string {
  switch (state) {
    case 'alive':
      return 'teal';
    case 'used':
    case 'rotated':
      return 'gray';
    case 'expired':
    case 'idle':
    case 'evicted':
    case 'holder_suspended':
      return 'orange';
    default:
      return 'red';
  }
}
