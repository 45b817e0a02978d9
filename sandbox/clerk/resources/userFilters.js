'use strict';

const { includesText, signed } = require('../lists');
const { membershipOf } = require('../records/membership');
const { primaryEmail, primaryPhone } = require('../records/user');

/** @type {Record<string, (user: UserRow) => (string | null | undefined)[]>} */
const VALUES = {
	email_address: (user) => user.email_addresses.map((email) => email.email_address),
	phone_number: (user) => user.phone_numbers.map((phone) => phone.phone_number),
	username: (user) => [user.username],
	web3_wallet: (user) => user.web3_wallets.map((wallet) => wallet.web3_wallet),
	name: ({ first_name: a, last_name: b }) => [a, b, a && b && `${a} ${b}`],
};

/** @param {UserRow} user */
const everything = (user) => [
	user.id,
	...Object.values(VALUES).flatMap((valuesOf) => valuesOf(user)),
];

/** What lists of users and of members are filtered by. @type {import('../resource').Filters} */
const filters = {
	query: (wanted) => (user) => includesText(everything(user), wanted),
	user_id: (wanted) => signed(wanted, (user, id) => user.id === id),
	organization_id: (wanted, state) =>
		signed(wanted, (user, id) => membershipOf(state, id, user.id) !== undefined),
	provider:
		(wanted, _state, { provider_user_id: ids }) =>
		(user) =>
			user.external_accounts.some(
				(/** @type {Row} */ one) => one.provider === wanted && ids.includes(one.provider_user_id),
			),
	provider_user_id: () => () => true,
};

for (const [name, valuesOf] of Object.entries(VALUES)) {
	// One of some values, or a part of one, in whatever case.
	filters[name] = (/** @type {string[]} */ wanted) => {
		const any = new Set(wanted.map((one) => one.toLowerCase()));
		return (user) => valuesOf(user).some((value) => value != null && any.has(value.toLowerCase()));
	};
	filters[`${name}_query`] = (wanted) => (user) => includesText(valuesOf(user), wanted);
}

for (const field of ['last_active_at', 'last_sign_in_at', 'created_at']) {
	// Never active is neither before nor after anything.
	filters[`${field}_before`] = (limit) => (user) => user[field] !== null && user[field] < limit;
	filters[`${field}_after`] = (limit) => (user) => user[field] !== null && user[field] > limit;
	filters[`${field}_since`] = (limit) => (user) => user[field] !== null && user[field] >= limit;
}

/** @type {Record<string, (user: UserRow) => string | null>} */
const orders = {
	email_address: primaryEmail,
	phone_number: primaryPhone,
	first_name: (user) => user.first_name,
	last_name: (user) => user.last_name,
	username: (user) => user.username,
	web3wallet: (user) => user.web3_wallets[0]?.web3_wallet ?? null,
};

module.exports = { filters, orders };
