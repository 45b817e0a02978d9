import { deep, view } from '../engine/views';

/** What a user or an organization pays for, with one item for each plan. */
export const billingSubscription = view('billingSubscriptions', [
	'id',
	'object',
	'status',
	'payerId',
	'instanceId',
	'activeAt',
	'pastDueAt',
	'eligibleForFreeTrial',
	deep('nextPayment'),
	deep('subscriptionItems'),
	'createdAt',
	'updatedAt',
]);

export const creditBalance = view('creditBalances', ['object', deep('balance')]);

/** The entry that an adjustment of a credit balance leaves. */
export const creditLedgerEntry = view('creditLedgerEntries', [
	'id',
	'object',
	'payerId',
	deep('amount'),
	'sourceType',
	'sourceId',
	'note',
	'createdAt',
]);
