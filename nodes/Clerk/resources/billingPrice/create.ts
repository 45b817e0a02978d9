import { defineOperation, one } from '../../engine/operation';
import { priceFields } from '../../fields/billing';
import { billingPrice } from '../../views/billing';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create billing price',
	description:
		'Create a custom price for a plan, for customers who pay more or less. Needs billing.',
	request: 'POST /billing/prices',
	body: priceFields,
	returns: one(billingPrice),
});
