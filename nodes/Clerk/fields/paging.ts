import type { Paging } from '../engine/operation';

/** How Clerk's lists are read; see the engine's `paging`. */

const newestFirst = { parameter: 'order_by', default: '-created_at', sortable: ['created_at'] };

/** Users: an array, walked by cursor under the order of creation, with the total on a route of its own. */
export const usersPaging: Paging = {
	pageSize: 500,
	shape: 'array',
	countPath: '/users/count',
	order: {
		...newestFirst,
		sortable: ['created_at', 'updated_at', 'last_active_at', 'last_sign_in_at'],
	},
	cursor: {
		parameter: 'starting_after',
		orders: ['created_at', '+created_at', '-created_at'],
	},
};

/** Most lists: `{ data, total_count }`, by offset. */
export const dataPaging: Paging = { pageSize: 500, shape: 'data' };

export const orderedPaging: Paging = { ...dataPaging, order: newestFirst };

/** The one list that begins with the oldest. */
export const oldestFirstPaging: Paging = {
	...dataPaging,
	order: { ...newestFirst, default: '+created_at' },
};

/** Lists that answer with a bare array unless they are asked to page. */
export const paginatedPaging: Paging = { ...dataPaging, always: { paginated: true } };

/** Lists that come whole, whatever is asked for. */
export const unpagedPaging: Paging = { ...dataPaging, whole: true };

/** API keys come a hundred at most. */
export const apiKeysPaging: Paging = { pageSize: 100, shape: 'data' };

/** So do M2M tokens, under a name of their own. */
export const m2mTokensPaging: Paging = { pageSize: 100, shape: 'm2m_tokens' };
