import type { Paging } from '../engine/operation';

/**
 * How each kind of Clerk's lists is paged; see `engine/http/readList`. The largest page is in the
 * description of each route's `limit`: https://clerk.com/docs/reference/backend-api
 */

const newestFirst = {
	parameter: 'order_by',
	default: '-created_at',
	sortable: ['created_at'],
	fixed: 'created_at',
};

/** Users: an array, paged by cursor if sorted by creation, with the total on a route of its own. */
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
		bounds: { after: 'created_at_after', before: 'created_at_before' },
	},
};

/** Most lists: `{ data, total_count }`, paged by offset. */
export const dataPaging: Paging = { pageSize: 500, shape: 'data' };

export const orderedPaging: Paging = { ...dataPaging, order: newestFirst };

/** The one list that starts with the oldest record. */
export const oldestFirstPaging: Paging = {
	...dataPaging,
	order: { ...newestFirst, default: '+created_at' },
};

/** Lists that respond with a bare array unless `paginated` is set. */
export const paginatedPaging: Paging = { ...dataPaging, always: { paginated: true } };

export const paginatedOrderedPaging: Paging = { ...paginatedPaging, order: newestFirst };

/** Lists that Clerk always returns whole. */
export const unpagedPaging: Paging = { ...dataPaging, whole: true };

/** API keys: pages of 100 at most. */
export const apiKeysPaging: Paging = { pageSize: 100, shape: 'data' };

/** M2M tokens: pages of 100 at most, in `m2m_tokens`. */
export const m2mTokensPaging: Paging = { pageSize: 100, shape: 'm2m_tokens' };
