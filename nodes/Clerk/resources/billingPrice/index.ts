import { defineResource } from '../../engine/operation';
import { create } from './create';
import { getAll } from './getAll';

export const billingPrice = defineResource({
	name: 'Billing Price',
	value: 'billingPrice',
	description: 'What a plan costs, for all customers or some',
	operations: [create, getAll],
});
