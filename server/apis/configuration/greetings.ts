import { createGreeting } from './create_greeting.ts';
import { deleteGreeting } from './delete_greeting.ts';
import { getGreeting } from './get_greeting.ts';
import { listGreetings } from './list_greetings.ts';
import { updateGreeting } from './update_greeting.ts';

export const greetingMethods = [
  createGreeting,
  updateGreeting,
  deleteGreeting,
  listGreetings,
  getGreeting,
] as const;
