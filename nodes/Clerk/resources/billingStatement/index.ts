import { defineResource } from '../../engine/operation';
import { get } from './get';
import { getAll } from './getAll';
import { getPaymentAttempts } from './getPaymentAttempts';

export const billingStatement = defineResource({
	name: 'Billing Statement',
	value: 'billingStatement',
	description: 'What users and organizations were billed, and how they paid',
	operations: [get, getAll, getPaymentAttempts],
});
