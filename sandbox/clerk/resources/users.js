'use strict';

const { refuse, refuseIf } = require('../errors');
const { metadataRoutes } = require('../metadata');
const { userFieldsThatCanBeNull } = require('../prose.json');
const { clearImage, dropImage, setImage } = require('../records/image');
const { revokeAllSessions } = require('../records/session');
const users = require('../records/user');
const { defineResource } = require('../resource');
const { removeWhere } = require('../table');
const { pickBy } = require('../values');
const { billingOf, dropBilling } = require('./billing');
const { ofUser } = require('./identifications');
const { filters, orders } = require('./userFilters');
const { creationRules, updateRules } = require('./userRules');

/** The attributes that create and update treat alike. @param {State} state @param {Values} body */
function attributesOf(state, body) {
	// Of some fields, null is a value; of others it is "not given".
	const isGiven = (/** @type {unknown} */ value, /** @type {string} */ name) =>
		Object.hasOwn(users.BLANK, name) && (value !== null || userFieldsThatCanBeNull.includes(name));
	const times = ['created_at', 'legal_accepted_at'].filter((name) => body[name]);
	const secret = body.password ?? body.password_digest ?? undefined;
	return {
		...pickBy(body, isGiven),
		...Object.fromEntries(times.map((name) => [name, Date.parse(body[name])])),
		...(body.username === '' && { username: null }),
		...(body.totp_secret && { mfa_enabled_at: state.clock() }),
		...(secret !== undefined && users.passwordFields(state, secret, body.password_hasher ?? null)),
	};
}

/** @type {(state: State, body: Values, kind: string, make: typeof users.newEmailAddress) => Entry[]} */
function entriesOf(state, body, kind, make) {
	/** @type {string[]} */
	const values = body[kind] ?? [];
	const statuses = body[`${kind}_identification_status`];
	return values.map((value, at) => make(state, value, { reserved: statuses?.[at] === 'reserved' }));
}

/** @param {State} state @param {UserRow} user @param {boolean} banned */
function setBanned(state, user, banned) {
	if (banned) revokeAllSessions(state, user.id);
	return state.users.update(user, { banned, updated_at: state.clock() });
}

/** Changes no user if one of them does not exist. @type {(banned: boolean) => Handler} */
const toEach =
	(banned) =>
	({ state, body }) => {
		/** @type {string[]} */
		const ids = body.user_ids;
		const unknown = ids.filter((id) => !state.users.get(id));
		refuseIf(unknown.length > 0, 'users_not_found', { ids: unknown });
		return ids.map((id) => setBanned(state, users.findUser(state, id), banned));
	};

const USER = '/users/{user_id}';

module.exports = defineResource({
	path: '/users',
	table: 'users',
	present: users.presentUser,
	// With a user goes all that is theirs.
	removing({ id, profile_image_id: image, external_id }, state) {
		removeWhere([state.sessions, state.memberships, state.trustedDevices], 'user_id', id);
		dropImage(state, image);
		dropBilling(state, id);
		return external_id === null ? {} : { external_id };
	},
	filters,
	orders,
	routes: {
		'GET /users/count': ({ rows }) => ({ total_count: rows().length }),
		'POST /users': ({ state, body }) => {
			refuse(...creationRules(state, body));
			const user = users.newUser(state, {
				...attributesOf(state, body),
				email_addresses: entriesOf(state, body, 'email_address', users.newEmailAddress),
				phone_numbers: entriesOf(state, body, 'phone_number', users.newPhoneNumber),
				web3_wallets: entriesOf(state, body, 'web3_wallet', users.newWeb3Wallet),
			});
			return state.users.insert(user);
		},
		'POST /users/ban': toEach(true),
		'POST /users/unban': toEach(false),
		[`PATCH ${USER}`]: {
			updates: 'user',
			respond({ state, row, body, save }) {
				refuse(...updateRules(state, body, row));
				if (body.sign_out_of_other_sessions) revokeAllSessions(state, row.id);
				return save(attributesOf(state, body));
			},
		},
		...metadataRoutes(USER, 'user'),
		[`POST ${USER}/ban`]: ({ state, row }) => setBanned(state, row, true),
		[`POST ${USER}/unban`]: ({ state, row }) => setBanned(state, row, false),
		[`POST ${USER}/profile_image`]: (call) => setImage(call, 'profile_image_id'),
		[`DELETE ${USER}/profile_image`]: (call) => clearImage(call, 'profile_image_id'),
		...billingOf(USER, 'user'),
		...ofUser,
		...require('./userSecurity'),
	},
});
