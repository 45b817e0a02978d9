'use strict';

const { createState } = require('../state');
const { plant } = require('../seeds');
const { items, statementsOf } = require('../resources/billing');
const { SUBJECTS, dataOf, eventOf } = require('./changes');

/** An example of each of Clerk's events, of records as the seed has them. */

/** @typedef {Pick<import('./changes').Subject, 'table' | 'show' | 'remains'>} Shown */

/** @param {State} state @param {Row} row */
const itemOf = (state, row) => ({
	...items.show(state, row),
	object: 'subscription_item',
	interval: 'month',
	status: row.status,
	subscription_id: row.id,
});

/** @param {State} state @param {Row} row */
function subscriptionOf(state, row) {
	const { payer, ...item } = /** @type {Values} */ (itemOf(state, row));
	const paid = { latest_payment_id: 'cpay_example', payment_source_id: 'cps_example' };
	const times = { active_at: row.created_at, past_due_at: null };
	return { ...row, object: 'commerce_subscription', ...times, ...paid, payer, items: [item] };
}

/** @param {State} state @param {Row} row */
function attemptOf(state, row) {
	const [statement] = statementsOf(state);
	return {
		...statement?.groups[0]?.items[0],
		status: row.status,
		instance_id: state.instance.id,
		gateway_external_id: 'pi_example',
		billing_date: row.created_at,
		failed_at: null,
		failed_reason: null,
		payee: { id: 'cpayee_example', gateway_type: 'stripe', gateway_status: 'active' },
		payment_source: { id: 'cps_example', gateway: 'stripe', card_type: 'visa', last4: '4242' },
		subscription_items: [itemOf(state, row)],
	};
}

/** A message that Clerk sends a user, which the simulation does not. @param {State} state @param {Row} user */
const messageTo = (state, { id: user_id }) => ({
	slug: 'verification_code',
	user_id,
	status: 'queued',
	delivered_by_clerk: true,
	created_at: state.clock(),
	data: {
		app: { name: 'Sandbox', domain_name: 'example.com' },
		otp_code: '424242',
		user: { public_metadata: { Plan_Name: 'pro' } },
	},
});

/** @type {Record<string, Shown>} */
const UNWATCHED = {
	email: {
		table: 'users',
		show: (state, user) => ({
			...messageTo(state, user),
			object: 'email',
			id: 'ema_example',
			from_email_name: 'notifications',
			email_address_id: user.primary_email_address_id,
			to_email_address: user.email_addresses[0]?.email_address,
			subject: '424242 is your code',
			body: '<p>Your code is <b>424242</b></p>',
			body_plain: 'Your code is 424242',
		}),
	},
	paymentAttempt: { table: 'subscriptions', show: attemptOf },
	sms: {
		table: 'users',
		show: (state, user) => ({
			...messageTo(state, user),
			object: 'sms_message',
			id: 'sms_example',
			from_phone_number: '+15555550100',
			to_phone_number: '+15555550101',
			phone_number_id: 'idn_example',
			message: 'Your code is 424242',
		}),
	},
	subscription: { table: 'subscriptions', show: subscriptionOf },
	subscriptionItem: {
		table: 'subscriptions',
		show: (state, row) => ({ ...itemOf(state, row), seats: { quantity: 5 } }),
	},
};

/** What happens, and the status that a record has then, where that says so. @type {Record<string, Record<string, string | undefined>>} */
const HAPPENINGS = {
	email: { created: 'queued' },
	organization: { created: undefined, deleted: undefined, updated: undefined },
	organizationDomain: { created: undefined, deleted: undefined, updated: undefined },
	organizationInvitation: { accepted: 'accepted', created: 'pending', revoked: 'revoked' },
	organizationMembership: { created: undefined, deleted: undefined, updated: undefined },
	paymentAttempt: { created: 'pending', updated: 'paid' },
	permission: { created: undefined, deleted: undefined, updated: undefined },
	role: { created: undefined, deleted: undefined, updated: undefined },
	session: {
		created: 'active',
		ended: 'ended',
		pending: 'pending',
		removed: 'removed',
		revoked: 'revoked',
	},
	sms: { created: 'queued' },
	subscription: { active: 'active', created: 'active', pastDue: 'past_due', updated: 'active' },
	subscriptionItem: {
		abandoned: 'abandoned',
		active: 'active',
		canceled: 'canceled',
		created: 'upcoming',
		ended: 'ended',
		freeTrialEnding: 'active',
		incomplete: 'incomplete',
		pastDue: 'past_due',
		upcoming: 'upcoming',
		updated: 'active',
	},
	user: { created: undefined, deleted: undefined, updated: undefined },
	waitlistEntry: { created: 'pending', updated: 'completed' },
};

/** All of them. */
const EVENT_TYPES = Object.entries(HAPPENINGS)
	.flatMap(([name, happenings]) => Object.keys(happenings).map((each) => `${name}.${each}`))
	.sort();

/**
 * @param {{ clock: () => number }} state where it happens
 * @param {string} type
 * @returns {import('.').ClerkEvent}
 */
function exampleOf({ clock }, type) {
	if (!EVENT_TYPES.includes(type)) {
		throw new Error(`There is no event ${type}. There are: ${EVENT_TYPES.join(', ')}`);
	}
	const [name = '', happened = ''] = type.split('.');
	// Records of its own, so that what was changed by tests does not show.
	const state = createState({ clock });
	plant(state, 'company');
	const subject = /** @type {Shown} */ (SUBJECTS[name] ?? UNWATCHED[name]);
	const [row] = /** @type {import('../table').Table<any>} */ (state[subject.table]).rows;
	const status = HAPPENINGS[name]?.[happened];
	const change = happened === 'deleted' ? 'deleted' : 'updated';
	const data = dataOf(state, subject, change, status === undefined ? row : { ...row, status });
	return eventOf(state, type, data);
}

module.exports = { EVENT_TYPES, exampleOf };
