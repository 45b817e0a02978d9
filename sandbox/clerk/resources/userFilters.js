'use strict';

const { includesText, signed } = require('../lists');
const { primaryEmail, primaryPhone } = require('../records/user');

/** @typedef {import('../resource').Filters} Filters */

/** @type {Record<string, (user: UserRow) => (string | null | undefined)[]>} */
const VALUES = {
	email_address: (user) => user.email_addresses.map((email) => email.email_address),
	phone_number: (user) => user.phone_numbers.map((phone) => phone.phone_number),
	username: (user) => [user.username],
	web3_wallet: (user) => user.web3_wallets.map((wallet) => wallet.web3_wallet),
	name: ({ first_name: first, last_name: last }) => [
		first,
		last,
		first && last && `${first} ${last}`,
	],
};

/** @param {UserRow} user */
const everything = (user) => [
	user.id,
	...Object.values(VALUES).flatMap((valuesOf) => valuesOf(user)),
];

/** One of some values, or a part of one, in whatever case. @returns {Filters} */
const filtersOfValues = () =>
	Object.fromEntries(
		Object.entries(VALUES).flatMap(([name, valuesOf]) => [
			[
				name,
				(/** @type {string[]} */ wanted) => {
					const any = new Set(wanted.map((one) => one.toLowerCase()));
					return (/** @type {UserRow} */ user) =>
						valuesOf(user).some((value) => value != null && any.has(value.toLowerCase()));
				},
			],
			[
				`${name}_query`,
				(/** @type {string} */ wanted) => (/** @type {UserRow} */ user) =>
					includesText(valuesOf(user), wanted),
			],
		]),
	);

/** Never active is neither before nor after anything. @param {'last_active_at' | 'last_sign_in_at' | 'created_at'} field @returns {Filters} */
const filtersOfTime = (field) => ({
	[`${field}_before`]: (limit) => (user) => user[field] !== null && user[field] < limit,
	[`${field}_after`]: (limit) => (user) => user[field] !== null && user[field] > limit,
	[`${field}_since`]: (limit) => (user) => user[field] !== null && user[field] >= limit,
});

/** What lists of users and of members are filtered by. @type {Filters} */
const filters = {
	...filtersOfValues(),
	...filtersOfTime('last_active_at'),
	...filtersOfTime('last_sign_in_at'),
	...filtersOfTime('created_at'),
	query: (wanted) => (user) => includesText(everything(user), wanted),
	user_id: (wanted) => signed(wanted, (user, id) => user.id === id),
	organization_id: (wanted, state) =>
		signed(wanted, (user, organizationId) =>
			state.memberships
				.where('user_id', user.id)
				.some((one) => one.organization_id === organizationId),
		),
	provider:
		(wanted, _state, { provider_user_id: ids }) =>
		(user) =>
			user.external_accounts.some(
				(/** @type {Row} */ one) => one.provider === wanted && ids.includes(one.provider_user_id),
			),
	provider_user_id: () => () => true,
};

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
