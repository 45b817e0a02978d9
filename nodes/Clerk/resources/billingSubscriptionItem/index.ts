import { defineResource } from '../../engine/operation';
import { applyDiscount } from './applyDiscount';
import { cancel } from './cancel';
import { createPriceTransition } from './createPriceTransition';
import { extendFreeTrial } from './extendFreeTrial';
import { getAll } from './getAll';
import { removeDiscount } from './removeDiscount';

export const billingSubscriptionItem = defineResource({
	name: 'Billing Subscription Item',
	value: 'billingSubscriptionItem',
	description: 'The plans that users and organizations are subscribed to',
	operations: [
		getAll,
		cancel,
		createPriceTransition,
		extendFreeTrial,
		applyDiscount,
		removeDiscount,
	],
});
