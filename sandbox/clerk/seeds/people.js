'use strict';

const { newExternalAccount, newPasskey } = require('../records/credentials');
const { newMembership } = require('../records/membership');
const { newSession } = require('../records/session');
const { newEmailAddress, newPhoneNumber, newUser, newWeb3Wallet } = require('../records/user');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A user, with what follows from when they joined and were active last: `admin` and `member` have slugs of
 * organizations, `stays`: never signed out of a device. A third has been away for more than 90 days,
 * among them the admins of two organizations; a user who was never active was so `null` days ago.
 *
 * @param {State} state
 * @param {Values} person
 */
function plantPerson(state, person) {
	const { name, joined, active, admin = [], member = [], stays, ...has } = person;
	const { google, passkeys = [], phone, wallet, ...own } = has;
	const [first_name = '', last_name = ''] = name.split(' ');
	const at = state.clock() - joined * DAY;
	const last_active_at = active === null ? null : state.clock() - active * DAY - HOUR;
	const email_address = `${first_name}.${last_name}@example.com`;
	const names = { first_name, last_name };
	const account =
		google &&
		newExternalAccount(state, {
			...names,
			provider: 'oauth_google',
			email_address: email_address.toLowerCase(),
			created_at: at,
		});
	const link = account && { type: account.provider, id: account.identification_id };
	const email = newEmailAddress(state, email_address, { at });
	const user = newUser(state, {
		...own,
		...names,
		email_addresses: [link ? { ...email, linked_to: [link] } : email],
		phone_numbers: phone ? [newPhoneNumber(state, phone, { at })] : [],
		web3_wallets: wallet ? [newWeb3Wallet(state, wallet, { at })] : [],
		passkeys: passkeys.map((/** @type {[string, number]} */ [of, used]) =>
			newPasskey(state, of, used),
		),
		external_accounts: account ? [account] : [],
		private_metadata: own.external_id ? { crm: { id: own.external_id } } : {},
		last_active_at,
		last_sign_in_at: last_active_at && last_active_at - 2 * HOUR,
		created_at: at,
		updated_at: last_active_at ?? at,
	});
	state.users.insert(user);
	plantSessions(state, user, stays);
	plantMemberships(state, user, 'org:admin', admin);
	plantMemberships(state, user, 'org:member', member);
}

/**
 * Users who were active within the week are still signed in. An earlier visit is over.
 *
 * @param {State} state
 * @param {UserRow} user
 * @param {boolean} stays
 */
function plantSessions(state, user, stays) {
	const { id: userId, last_active_at: active, last_sign_in_at: signedIn } = user;
	if (active === null || signedIn === null) return;
	const visit = (/** @type {Values} */ fields) =>
		state.sessions.insert(newSession(state, { user_id: userId, ...fields }));
	const earlier = Math.max(user.created_at, signedIn - 10 * DAY);
	visit({ created_at: earlier, last_active_at: earlier + HOUR, status: 'ended' });
	const recent = stays || state.clock() - active < 7 * DAY;
	const status = user.banned ? 'revoked' : recent ? 'active' : 'expired';
	visit({ created_at: signedIn, last_active_at: active, status });
}

/** No membership is older than its organization. @param {State} state @param {UserRow} user @param {string} role @param {string[]} slugs */
function plantMemberships(state, { id: user_id, created_at: joined }, role, slugs) {
	for (const slug of slugs) {
		const { id: organization_id, created_at: founded } = state.organizations.where('slug', slug)[0];
		const created_at = Math.max(founded, joined) + HOUR;
		const fields = { organization_id, user_id, role, created_at };
		state.memberships.insert(newMembership(state, fields));
	}
}

module.exports = { plantPerson };
