import { deactivateChat } from './deactivate_chat.ts';
import { getChat } from './get_chat.ts';
import { getCustomer } from './get_customer.ts';
import { getPredictedAgent } from './get_predicted_agent.ts';
import { getUrlInfo } from './get_url_info.ts';
import { listChats } from './list_chats.ts';
import { listGroupStatuses } from './list_group_statuses.ts';
import { listThreads } from './list_threads.ts';
import { requestEmailVerification } from './request_email_verification.ts';
import { resumeChat } from './resume_chat.ts';
import { sendEvent } from './send_event.ts';
import { setCustomerSessionFields } from './set_customer_session_fields.ts';
import { startChat } from './start_chat.ts';
import { updateCustomer } from './update_customer.ts';
import { uploadFile } from './upload_file.ts';
import { customerWidgetMethods } from './widget.ts';
import { customerWordMethods } from './words.ts';

/** The Customer Chat API. */
export const customerMethods = [
  listChats,
  listThreads,
  getChat,
  startChat,
  resumeChat,
  deactivateChat,
  sendEvent,
  getCustomer,
  updateCustomer,
  setCustomerSessionFields,
  listGroupStatuses,
  getPredictedAgent,
  getUrlInfo,
  requestEmailVerification,
  ...customerWidgetMethods,
  ...customerWordMethods,
  uploadFile,
] as const;
