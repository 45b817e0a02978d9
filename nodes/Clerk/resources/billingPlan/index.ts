import { defineResource } from '../../engine/operation';
import { getAll } from './getAll';

export const billingPlan = defineResource({
	name: 'Billing Plan',
	value: 'billingPlan',
	description: 'Plans that users or organizations can subscribe to, free ones included',
	operations: [getAll],
});
