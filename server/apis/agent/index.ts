import { banCustomer } from './ban_customer.ts';
import { deactivateChat } from './deactivate_chat.ts';
import { getChat } from './get_chat.ts';
import { getCustomer } from './get_customer.ts';
import { listArchives } from './list_archives.ts';
import { listChats } from './list_chats.ts';
import { listThreads } from './list_threads.ts';
import { resumeChat } from './resume_chat.ts';
import { agentSeatMethods } from './seats.ts';
import { sendEvent } from './send_event.ts';
import { startChat } from './start_chat.ts';
import { updateCustomer } from './update_customer.ts';
import { uploadFile } from './upload_file.ts';
import { agentWordMethods } from './words.ts';

/** The Agent Chat API. */
export const agentMethods = [
  listChats,
  listThreads,
  getChat,
  startChat,
  resumeChat,
  deactivateChat,
  sendEvent,
  getCustomer,
  updateCustomer,
  banCustomer,
  ...agentWordMethods,
  uploadFile,
  listArchives,
  ...agentSeatMethods,
] as const;
