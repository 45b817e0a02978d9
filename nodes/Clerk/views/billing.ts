import { deep, view } from '../engine/operation/view';

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
	deep('nextPayment'),
	deep('subscriptionItems'),
	'createdAt',
	'updatedAt',
]);

export const creditBalance = view('creditBalances', ['object', deep('balance')]);

/** The ledger entry of an adjustment to a credit balance. */
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

/** A plan that users or organizations can subscribe to. */
export const billingPlan = view('billingPlans', [
	'id',
	'object',
	'name',
	'slug',
	'description',
	'forPayerType',
	deep('fee'),
	deep('annualMonthlyFee'),
	deep('annualFee'),
	'hasBaseFee',
	'isRecurring',
	'isDefault',
	'publiclyVisible',
	'freeTrialEnabled',
	'freeTrialDays',
	deep('features'),
	deep('unitPrices'),
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
	deep('fee'),
	deep('annualMonthlyFee'),
	'supportedBillingPeriods',
	'instanceId',
	'createdAt',
]);

export const billingStatement = view('billingStatements', [
	'id',
	'object',
	'status',
	'timestamp',
	deep('payer'),
	deep('totals'),
	deep('groups'),
	'instanceId',
]);

export const billingPaymentAttempt = view('billingPaymentAttempts', [
	'id',
	'object',
	'status',
	deep('amount'),
	deep('totals'),
	'chargeType',
	'paidAt',
	'failedAt',
	'payerId',
	deep('payer'),
	'payeeId',
	deep('payee'),
	'paymentId',
	'paymentMethodId',
	deep('paymentMethod'),
	'statementId',
	'subscriptionItemId',
	deep('subscriptionItem'),
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
	deep('payer'),
	'planId',
	deep('plan'),
	'planPeriod',
	'priceId',
	deep('nextPayment'),
	deep('lifetimePaid'),
	'isFreeTrial',
	'periodStart',
	'periodEnd',
	'canceledAt',
	'pastDueAt',
	'endedAt',
	deep('credit'),
	'prorationDate',
	'instanceId',
	'createdAt',
	'updatedAt',
];

/** An item of a subscription: one plan. */
export const billingSubscriptionItem = view('billingSubscriptionItems', [
	...subscriptionItem,
	deep('seats'),
	deep('totals'),
	deep('credits'),
	deep('paymentMethod'),
]);

/** A subscription item as the routes of free trials return it. */
export const billingTrialItem = view('billingSubscriptionItems', [
	...subscriptionItem,
	deep('amount'),
	deep('nextInvoice'),
	'paymentSourceId',
	deep('paymentSource'),
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
	deep('amountOff'),
	deep('amount'),
	'cyclesApplied',
	'cyclesRemaining',
	'redeemedAt',
	'redeemedBy',
]);

export const billingPriceTransition = view('billingPriceTransitions', [
	'object',
	deep('subscriptionItem'),
	deep('transition'),
]);
