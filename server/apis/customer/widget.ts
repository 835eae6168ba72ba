import { acceptGreeting } from './accept_greeting.ts';
import { cancelGreeting } from './cancel_greeting.ts';
import { checkGoals } from './check_goals.ts';
import { getConfiguration } from './get_configuration.ts';
import { getDynamicConfiguration } from './get_dynamic_configuration.ts';
import { getForm } from './get_form.ts';
import { getLocalization } from './get_localization.ts';
import { requestWelcomeMessage } from './request_welcome_message.ts';
import { sendGreetingButtonClicked } from './send_greeting_button_clicked.ts';

/** What a chat widget asks for. */
export const customerWidgetMethods = [
  getForm,
  checkGoals,
  getDynamicConfiguration,
  getConfiguration,
  getLocalization,
  requestWelcomeMessage,
  acceptGreeting,
  cancelGreeting,
  sendGreetingButtonClicked,
] as const;
