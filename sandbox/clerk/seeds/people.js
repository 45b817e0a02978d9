'use strict';

const { newMembership } = require('../records/membership');
const { newSession } = require('../records/session');
const records = require('../records/user');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A user, with what follows from when they joined and were active last: `admin` and `member` have slugs of
 * organizations, `stays`: never signed out of a device. A third has been away for more than 90 days,
 * among them the admins of two organizations; a user who was never active was so `null` days ago.
 * @param {State} state @param {Values} person
 */
function plantPerson(state, person) {
	const { name, joined, active, admin = [], member = [], stays, ...has } = person;
	const { google, passkeys = [], phone, wallet, ...own } = has;
	const [first_name = '', last_name = ''] = name.split(' ');
	const at = state.clock() - joined * DAY;
	const last_active_at = active === null ? null : state.clock() - active * DAY - HOUR;
	const address = `${first_name}.${last_name}@example.com`;
	const names = { first_name, last_name };
	const about = { ...names, email_address: address.toLowerCase(), created_at: at };
	const account =
		google && records.newExternalAccount(state, { provider: 'oauth_google', ...about });
	const links = account && [{ type: account.provider, id: account.identification_id }];
	const email = records.newEmailAddress(state, address, { at });
	const user = records.newUser(state, {
		...own,
		...names,
		email_addresses: [links ? { ...email, linked_to: links } : email],
		phone_numbers: phone ? [records.newPhoneNumber(state, phone, { at })] : [],
		web3_wallets: wallet ? [records.newWeb3Wallet(state, wallet, { at })] : [],
		passkeys: passkeys.map((/** @type {[string, number]} */ [of, used]) =>
			records.newPasskey(state, of, used),
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
	for (const slug of [...admin, ...member]) {
		const { id: organization_id, created_at: founded } = state.organizations.where('slug', slug)[0];
		const role = admin.includes(slug) ? 'org:admin' : 'org:member';
		// No membership is older than its organization.
		const created_at = Math.max(founded, at) + HOUR;
		const fields = { organization_id, user_id: user.id, role, created_at };
		state.memberships.insert(newMembership(state, fields));
	}
}

/**
 * Users who were active within the week are still signed in. An earlier visit is over.
 *
 * @type {(state: State, user: UserRow, stays: boolean) => void}
 */
function plantSessions(state, user, stays) {
	const { id: user_id, last_active_at: active, last_sign_in_at: signedIn } = user;
	if (active === null || signedIn === null) return;
	const visit = (/** @type {Values} */ fields) =>
		state.sessions.insert(newSession(state, { user_id, ...fields }));
	const earlier = Math.max(user.created_at, signedIn - 10 * DAY);
	visit({ created_at: earlier, last_active_at: earlier + HOUR, status: 'ended' });
	const recent = stays || state.clock() - active < 7 * DAY;
	const status = user.banned ? 'revoked' : recent ? 'active' : 'expired';
	visit({ created_at: signedIn, last_active_at: active, status });
}

module.exports = { plantPerson };
