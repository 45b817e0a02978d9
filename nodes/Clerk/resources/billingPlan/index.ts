import { defineResource } from '../../engine/operation';
import { getAll } from './getAll';

export const billingPlan = defineResource({
	name: 'Billing Plan',
	value: 'billingPlan',
	description: 'What users or organizations can subscribe to, free plans among them',
	operations: [getAll],
});
