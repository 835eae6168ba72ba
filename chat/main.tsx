import { render } from 'preact';
import { createConversation } from './conversation/conversation.ts';
import { customerApi, type PageSettings } from './conversation/customer_api.ts';
import { ChatWindow } from './view/chat_window.tsx';
import './view/styles.css';

const root = document.getElementById('chat');
if (!root) throw new Error('index.html has no #chat');

const settings = JSON.parse(root.dataset.settings ?? '{}') as PageSettings;
const conversation = createConversation(customerApi(settings), settings);
render(<ChatWindow conversation={conversation} settings={settings} />, root);
conversation.start();
