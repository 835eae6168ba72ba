import type { ClientType, Product } from '../../api/types.ts';

export const CLIENT_TYPES: readonly ClientType[] = ['javascript_app', 'server_side_app'];
export const PRODUCTS: readonly Product[] = ['livechat', 'helpdesk', 'text'];
