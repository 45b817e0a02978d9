import { defineOperation, list } from '../../engine/operation';
import { ofPlan, payerType } from '../../fields/billing';
import { paginatedPaging } from '../../fields/paging';
import { billingSubscriptionItem } from '../../views/billing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many billing subscription items',
	description:
		'Get the subscription items of users and organizations, newest first. Needs billing.',
	request: 'GET /billing/subscription_items',
	query: [
		{
			displayName: 'Include Free',
			name: 'includeFree',
			type: 'boolean',
			default: true,
			description: 'Whether to include items of free plans',
		},
		payerType,
		ofPlan,
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Text to find. Clerk does not document which fields it searches.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Ended', value: 'ended' },
				{ name: 'Free Trial', value: 'free_trial' },
				{ name: 'Past Due', value: 'past_due' },
				{ name: 'Upcoming', value: 'upcoming' },
			],
			default: 'active',
			description: 'Only items with this status',
		},
	],
	returns: list(billingSubscriptionItem, paginatedPaging),
});
