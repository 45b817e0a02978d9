'use strict';

const { signedFilter } = require('../lists');
const { badFormat, missing, refuse } = require('../errors');

/** @typedef {(user: UserRow) => boolean} UserFilter */

/** @type {Record<string, (user: UserRow) => (string | null | undefined)[]>} */
const VALUES = {
	email_address: (user) => user.email_addresses.map((email) => email.email_address),
	phone_number: (user) => user.phone_numbers.map((phone) => phone.phone_number),
	username: (user) => [user.username],
	web3_wallet: (user) => user.web3_wallets.map((wallet) => wallet.web3_wallet),
	name: (user) => [user.first_name, user.last_name, `${user.first_name} ${user.last_name}`],
};

/** @type {Record<string, (user: UserRow) => (string | null | undefined)[]>} */
const SEARCHED = {
	email_address_query: VALUES.email_address,
	phone_number_query: VALUES.phone_number,
	username_query: VALUES.username,
	name_query: VALUES.name,
	query: (user) => [user.id, ...Object.values(VALUES).flatMap((valuesOf) => valuesOf(user))],
};

/** Never active is neither before nor after anything. @param {number | null} at @param {(at: number) => boolean} test */
const known = (at, test) => at !== null && test(at);

/** @type {Record<string, (user: UserRow, limit: number) => boolean>} */
const TIMES = {
	last_active_at_before: (user, limit) => known(user.last_active_at, (at) => at < limit),
	last_active_at_after: (user, limit) => known(user.last_active_at, (at) => at > limit),
	last_active_at_since: (user, limit) => known(user.last_active_at, (at) => at >= limit),
	last_sign_in_at_before: (user, limit) => known(user.last_sign_in_at, (at) => at < limit),
	last_sign_in_at_after: (user, limit) => known(user.last_sign_in_at, (at) => at > limit),
	created_at_before: (user, limit) => user.created_at < limit,
	created_at_after: (user, limit) => user.created_at > limit,
};

const IDENTIFIERS = ['email_address', 'phone_number', 'username', 'web3_wallet'];

/**
 * @param {Values} query
 * @param {Record<string, (user: UserRow) => (string | null | undefined)[]>} readers
 * @param {string[]} names
 * @param {(value: string, wanted: any) => boolean} fits
 * @returns {UserFilter[]}
 */
const filtersOn = (query, readers, names, fits) =>
	names
		.filter((name) => query[name] !== undefined)
		.map((name) => (user) => {
			const values = readers[name]?.(user) ?? [];
			return values.some((value) => value != null && fits(value.toLowerCase(), query[name]));
		});

/** @param {Values} query @returns {Values} */
const lowerCased = (query) =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => {
			if (typeof value === 'string') return [name, value.toLowerCase()];
			if (Array.isArray(value)) return [name, new Set(value.map((one) => one.toLowerCase()))];
			return [name, value];
		}),
	);

/**
 * The filters that lists of members share with lists of users.
 *
 * @param {Values} query
 * @returns {UserFilter[]}
 */
function sharedFilters(query) {
	const wanted = lowerCased(query);
	return [
		...filtersOn(wanted, VALUES, IDENTIFIERS, (value, any) => any.has(value)),
		...filtersOn(wanted, SEARCHED, Object.keys(SEARCHED), (value, part) => value.includes(part)),
		...Object.entries(TIMES)
			.filter(([name]) => query[name] !== undefined)
			.map(
				([name, test]) =>
					(/** @type {UserRow} */ user) =>
						test(user, query[name]),
			),
		...signedFilter(query.user_id, (/** @type {UserRow} */ user, id) => user.id === id),
	];
}

/** @param {Values} query @returns {UserFilter[]} */
function providerFilter({ provider, provider_user_id: ids }) {
	if (provider === undefined && ids === undefined) return [];
	if (provider === undefined) refuse(missing('provider'));
	if (ids === undefined) refuse(missing('provider_user_id'));
	return [
		({ external_accounts: accounts }) =>
			accounts.some((one) => one.provider === provider && ids.includes(one.provider_user_id)),
	];
}

/**
 * @param {State} state
 * @param {Values} query
 * @returns {UserFilter[]}
 */
function userFilters(state, query) {
	/** @param {UserRow} user @param {string} organizationId */
	const isMember = (user, organizationId) =>
		state.memberships
			.where('user_id', user.id)
			.some((one) => one.organization_id === organizationId);

	return [
		...sharedFilters(query),
		...signedFilter(
			query.external_id,
			(/** @type {UserRow} */ user, externalId) => user.external_id === externalId,
		),
		...signedFilter(query.organization_id, isMember),
		...(query.banned === undefined
			? []
			: [(/** @type {UserRow} */ user) => user.banned === query.banned]),
		...providerFilter(query),
	];
}

/**
 * Where in the order the page after the cursor begins.
 *
 * @param {State} state
 * @param {Values} query
 */
function startOf(state, { starting_after: cursor, order_by: orderBy, offset }) {
	if (cursor === undefined) return 0;
	const complaints = [];
	if (orderBy.replace(/^[+-]/, '') !== 'created_at') {
		complaints.push(badFormat('order_by', 'must be created_at together with starting_after'));
	}
	if (offset > 0) complaints.push(badFormat('offset', 'cannot be combined with starting_after'));
	const user = state.users.get(cursor);
	if (!user) complaints.push(badFormat('starting_after', 'is not the id of a user'));
	refuse(...complaints);
	const position = state.users.position(/** @type {UserRow} */ (user));
	return (orderBy.startsWith('-') ? state.users.size - 1 - position : position) + 1;
}

module.exports = { sharedFilters, startOf, userFilters };
