import { nested, view } from '../engine/operation/view';

/** The subscription of a user or an organization, with an item for each plan. */
export const billingSubscription = view('billingSubscriptions', [
	'id',
	'object',
	'status',
	'payerId',
	'instanceId',
	'activeAt',
	'pastDueAt',
	'eligibleForFreeTrial',
	nested('nextPayment'),
	nested('subscriptionItems'),
	'createdAt',
	'updatedAt',
]);

export const creditBalance = view('creditBalances', ['object', nested('balance')]);

/** The ledger entry of an adjustment to a credit balance. */
export const creditLedgerEntry = view('creditLedgerEntries', [
	'id',
	'object',
	'payerId',
	nested('amount'),
	'sourceType',
	'sourceId',
	'note',
	'createdAt',
]);

/** A plan that users or organizations can subscribe to. */
export const billingPlan = view('billingPlans', [
	'id',
	'object',
	'name',
	'slug',
	'description',
	'forPayerType',
	nested('fee'),
	nested('annualMonthlyFee'),
	nested('annualFee'),
	'hasBaseFee',
	'isRecurring',
	'isDefault',
	'publiclyVisible',
	'freeTrialEnabled',
	'freeTrialDays',
	nested('features'),
	nested('unitPrices'),
	'avatarUrl',
	'productId',
]);

/** A price of a plan; amounts are in cents. */
export const billingPrice = view('billingPrices', [
	'id',
	'object',
	'planId',
	'description',
	'isDefault',
	'amount',
	'annualMonthlyAmount',
	'currency',
	'currencySymbol',
	nested('fee'),
	nested('annualMonthlyFee'),
	'supportedBillingPeriods',
	'instanceId',
	'createdAt',
]);

export const billingStatement = view('billingStatements', [
	'id',
	'object',
	'status',
	'timestamp',
	nested('payer'),
	nested('totals'),
	nested('groups'),
	'instanceId',
]);

export const billingPaymentAttempt = view('billingPaymentAttempts', [
	'id',
	'object',
	'status',
	nested('amount'),
	nested('totals'),
	'chargeType',
	'paidAt',
	'failedAt',
	'payerId',
	nested('payer'),
	'payeeId',
	nested('payee'),
	'paymentId',
	'paymentMethodId',
	nested('paymentMethod'),
	'statementId',
	'subscriptionItemId',
	nested('subscriptionItem'),
	'gatewayExternalId',
	'gatewayExternalUrl',
	'instanceId',
	'createdAt',
	'updatedAt',
]);

const subscriptionItem = [
	'id',
	'object',
	'status',
	'payerId',
	nested('payer'),
	'planId',
	nested('plan'),
	'planPeriod',
	'priceId',
	nested('nextPayment'),
	nested('lifetimePaid'),
	'isFreeTrial',
	'periodStart',
	'periodEnd',
	'canceledAt',
	'pastDueAt',
	'endedAt',
	nested('credit'),
	'prorationDate',
	'instanceId',
	'createdAt',
	'updatedAt',
];

/** An item of a subscription: one plan. */
export const billingSubscriptionItem = view('billingSubscriptionItems', [
	...subscriptionItem,
	nested('seats'),
	nested('totals'),
	nested('credits'),
	nested('paymentMethod'),
]);

/** A subscription item as the routes of free trials return it. */
export const billingTrialItem = view('billingSubscriptionItems', [
	...subscriptionItem,
	nested('amount'),
	nested('nextInvoice'),
	'paymentSourceId',
	nested('paymentSource'),
]);

/** A discount applied to a subscription item. */
export const billingDiscountRedemption = view('billingDiscountRedemptions', [
	'id',
	'object',
	'subscriptionItemId',
	'discountId',
	'name',
	'status',
	'source',
	'promoCode',
	'effect',
	'percentOff',
	nested('amountOff'),
	nested('amount'),
	'cyclesApplied',
	'cyclesRemaining',
	'redeemedAt',
	'redeemedBy',
]);

export const billingPriceTransition = view('billingPriceTransitions', [
	'object',
	nested('subscriptionItem'),
	nested('transition'),
]);
