import { checkProductLimitsForPlan } from './check_product_limits_for_plan.ts';
import { getProductSource } from './get_product_source.ts';
import { listChannels } from './list_channels.ts';
import { reactivateEmail } from './reactivate_email.ts';
import { updateCompanyDetails } from './update_company_details.ts';

/** What concerns the organization as a customer of the product. */
export const licenseMethods = [
  listChannels,
  checkProductLimitsForPlan,
  getProductSource,
  reactivateEmail,
  updateCompanyDetails,
] as const;
