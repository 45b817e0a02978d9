'use strict';

const { money } = require('../records/billing');
const { createState } = require('../state');
const { plant } = require('../seeds');
const { SUBJECTS, dataOf } = require('./changes');
const { eventOf } = require('./event');

/** An example of each of Clerk's events: of records as the seed has them, or as short as they can be. */

const TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const PAYER = {
	object: 'commerce_payer',
	id: 'cpayer_example',
	user_id: 'user_example',
	first_name: 'Ada',
	last_name: 'Berg',
	email: 'ada.berg@example.com',
	organization_id: '',
	organization_name: '',
	created_at: TIME,
	updated_at: TIME,
};

const PLAN = {
	id: 'cplan_example',
	slug: 'pro',
	name: 'Pro',
	amount: 2000,
	currency: 'USD',
	is_recurring: true,
};

const ITEM = {
	object: 'subscription_item',
	id: 'csub_item_example',
	is_free_trial: false,
	interval: 'month',
	period_start: TIME,
	period_end: TIME + 2_592_000_000,
	plan_id: PLAN.id,
	plan: PLAN,
	payer: PAYER,
	subscription_id: 'csub_example',
	created_at: TIME,
	updated_at: TIME,
};

const SUBSCRIPTION = {
	object: 'commerce_subscription',
	id: 'csub_example',
	active_at: TIME,
	canceled_at: null,
	ended_at: null,
	past_due_at: null,
	latest_payment_id: 'cpa_example',
	payer_id: PAYER.id,
	payer: PAYER,
	payment_source_id: 'cps_example',
	items: [{ ...ITEM, object: 'commerce_subscription_item', payer: undefined }],
	created_at: TIME,
	updated_at: TIME,
};

const PAYMENT = {
	id: 'pa_example',
	instance_id: 'ins_sandbox',
	payment_id: 'cpa_example',
	statement_id: 'stmt_example',
	gateway_external_id: 'pi_example',
	paid_at: null,
	failed_at: null,
	failed_reason: null,
	billing_date: TIME,
	charge_type: 'recurring',
	payee: { id: 'cpayee_example', gateway_type: 'stripe', gateway_status: 'active' },
	payer: PAYER,
	totals: { subtotal: money(2000), tax_total: money(200), grand_total: money(2200) },
	payment_source: { id: 'cps_example', gateway: 'stripe', card_type: 'visa', last4: '4242' },
	subscription_items: [ITEM],
	created_at: TIME,
	updated_at: TIME,
};

const EMAIL = {
	object: 'email',
	id: 'ema_example',
	slug: 'verification_code',
	from_email_name: 'notifications',
	email_address_id: 'idn_example',
	to_email_address: 'ada.berg@example.com',
	user_id: 'user_example',
	subject: '424242 is your code',
	body: '<p>Your code is <b>424242</b></p>',
	body_plain: 'Your code is 424242',
	status: 'queued',
	delivered_by_clerk: true,
	data: {
		app: { name: 'Sandbox', domain_name: 'example.com' },
		otp_code: '424242',
		user: { public_metadata: { Plan_Name: 'pro' } },
	},
};

const SMS = {
	object: 'sms_message',
	id: 'sms_example',
	slug: 'verification_code',
	from_phone_number: '+15555550100',
	to_phone_number: '+15555550101',
	phone_number_id: 'idn_example',
	user_id: 'user_example',
	message: 'Your code is 424242',
	status: 'queued',
	delivered_by_clerk: true,
	data: {},
	created_at: TIME,
};

/** Those that the state of the simulation does not lead to. @type {Record<string, Values>} */
const WRITTEN = {
	'email.created': EMAIL,
	'paymentAttempt.created': { ...PAYMENT, status: 'pending' },
	'paymentAttempt.updated': { ...PAYMENT, status: 'paid', paid_at: TIME },
	'sms.created': SMS,
	'subscription.active': { ...SUBSCRIPTION, status: 'active' },
	'subscription.created': { ...SUBSCRIPTION, status: 'active' },
	'subscription.pastDue': { ...SUBSCRIPTION, status: 'past_due', past_due_at: TIME },
	'subscription.updated': { ...SUBSCRIPTION, status: 'active' },
	'subscriptionItem.abandoned': { ...ITEM, status: 'abandoned' },
	'subscriptionItem.active': { ...ITEM, status: 'active', seats: { quantity: 5 } },
	'subscriptionItem.canceled': { ...ITEM, status: 'canceled' },
	'subscriptionItem.created': { ...ITEM, status: 'upcoming' },
	'subscriptionItem.ended': { ...ITEM, status: 'ended' },
	'subscriptionItem.freeTrialEnding': { ...ITEM, status: 'active', is_free_trial: true },
	'subscriptionItem.incomplete': { ...ITEM, status: 'incomplete' },
	'subscriptionItem.pastDue': { ...ITEM, status: 'past_due' },
	'subscriptionItem.upcoming': { ...ITEM, status: 'upcoming' },
	'subscriptionItem.updated': { ...ITEM, status: 'active' },
};

/** What happens to the records of the state, by what they are. @type {Record<string, string[]>} */
const HAPPENINGS = {
	organization: ['created', 'deleted', 'updated'],
	organizationDomain: ['created', 'deleted', 'updated'],
	organizationInvitation: ['accepted', 'created', 'revoked'],
	organizationMembership: ['created', 'deleted', 'updated'],
	permission: ['created', 'deleted', 'updated'],
	role: ['created', 'deleted', 'updated'],
	session: ['created', 'ended', 'pending', 'removed', 'revoked'],
	user: ['created', 'deleted', 'updated'],
	waitlistEntry: ['created', 'updated'],
};

/** The 45. */
const EVENT_TYPES = [
	...Object.keys(WRITTEN),
	...Object.entries(HAPPENINGS).flatMap(([name, all]) => all.map((each) => `${name}.${each}`)),
].sort();

/** The status that a record has after what happened to it. @param {string} name @param {string} happened @param {any} row */
function after(name, happened, row) {
	if (name === 'session') return { ...row, status: happened === 'created' ? 'active' : happened };
	if (name !== 'organizationInvitation') return row;
	return { ...row, status: happened === 'created' ? 'pending' : happened };
}

/**
 * @param {{ clock: () => number }} state where it happens
 * @param {string} type
 * @returns {import('.').ClerkEvent}
 */
function exampleOf({ clock }, type) {
	if (!EVENT_TYPES.includes(type)) {
		throw new Error(`There is no event ${type}. There are: ${EVENT_TYPES.join(', ')}`);
	}
	if (WRITTEN[type]) return eventOf(type, WRITTEN[type], clock());
	const [name = '', happened = ''] = type.split('.');
	// Records of its own, so that what was changed by tests does not show.
	const state = createState({ clock });
	plant(state, 'company');
	const subject = /** @type {import('./changes').Subject} */ (SUBJECTS[name]);
	const { rows } = /** @type {import('../table').Table<any>} */ (state[subject.table]);
	const change = happened === 'deleted' ? 'deleted' : 'updated';
	return eventOf(type, dataOf(state, subject, change, after(name, happened, rows[0])), clock());
}

module.exports = { EVENT_TYPES, exampleOf };
