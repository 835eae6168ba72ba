import { addAutoAccess } from './add_auto_access.ts';
import { deleteAutoAccess } from './delete_auto_access.ts';
import { listAutoAccesses } from './list_auto_accesses.ts';
import { updateAutoAccess } from './update_auto_access.ts';

/** Of the Configuration API, whose the chats of which customers are. */
export const autoAccessMethods = [
  addAutoAccess,
  listAutoAccesses,
  updateAutoAccess,
  deleteAutoAccess,
] as const;
