'use strict';

const { aboutParam, badFormat, badValue, entry, missing, taken } = require('../errors');

/** @typedef {import('../errors').ErrorEntry} ErrorEntry */

/** Enough of the list of leaked passwords to show what happens. */
const LEAKED = ['password', '12345678', 'qwertyuiop', 'password123'];

const IDENTIFIERS = ['email_address', 'phone_number', 'web3_wallet', 'username', 'external_id'];

/** @param {unknown} value @returns {string[]} */
const listed = (value) => (value == null || value === '' ? [] : [value].flat().map(String));

/** Any user may take an address or number that is neither verified nor reserved. @param {UserRow} user @param {string} value */
const claims = (user, value) =>
	![...user.email_addresses, ...user.phone_numbers].some(
		(one) =>
			(one.email_address ?? one.phone_number) === value &&
			one.verification === null &&
			one.reserved === false,
	);

/**
 * @param {State} state
 * @param {Values} body
 * @param {UserRow} [self] may keep its own values
 */
const uniqueness = (state, body, self) =>
	IDENTIFIERS.filter((name) =>
		listed(body[name])
			.map((value) => (name === 'external_id' ? value : value.toLowerCase()))
			.some((value) =>
				state.users.where(name, value).some((owner) => owner !== self && claims(owner, value)),
			),
	).map(taken);

/** @param {Values} body @returns {ErrorEntry[]} */
function passwordRules({ password, password_digest, password_hasher, skip_password_checks }) {
	if (password != null && password_digest != null) {
		return [badValue('password_digest', 'cannot be combined with password')];
	}
	if (password_digest != null && password_hasher == null) return [missing('password_hasher')];
	if (password_hasher != null && password_digest == null) return [missing('password_digest')];
	if (password == null || skip_password_checks) return [];
	const isShort = password.length < 8;
	if (!isShort && !LEAKED.includes(password.toLowerCase())) return [];
	const [code, reason] = isShort
		? ['form_password_length_too_short', 'Passwords must be 8 characters or more.']
		: ['form_password_pwned', 'Password has been found in an online data breach.'];
	return [aboutParam('password', code, reason, reason)];
}

/** @param {Values} body */
const statusRules = (body) =>
	['email_address', 'phone_number']
		.filter((name) => {
			const statuses = listed(body[`${name}_identification_status`]);
			return statuses.length > 0 && statuses.length !== listed(body[name]).length;
		})
		.map((name) =>
			badValue(`${name}_identification_status`, `must have one item for each ${name}`),
		);

/** What the instance's settings ask of every new user. @param {State} state @param {Values} body */
function requirements({ instance }, body) {
	const identified = ['email_address', 'phone_number', 'web3_wallet', 'username'].some(
		(name) => listed(body[name]).length > 0,
	);
	const needsPassword = instance.passwordRequired && !body.skip_password_requirement;
	const hasPassword = body.password != null || body.password_digest != null;
	const names = [
		...(identified ? [] : ['email_address']),
		...(needsPassword && !hasPassword ? ['password'] : []),
	];
	if (names.length === 0) return [];
	const message = `${JSON.stringify(names)} data doesn't match user requirements set for this instance`;
	return [entry('form_data_missing', 'missing data', message, { param_names: names })];
}

/** @param {Values} body @param {UserRow} user */
function primaryRules(body, user) {
	const entries = [...user.email_addresses, ...user.phone_numbers, ...user.web3_wallets];
	const verified = entries.flatMap(({ object, id, verification }) =>
		verification ? [`${object} ${id}`] : [],
	);
	return ['email_address', 'phone_number', 'web3_wallet']
		.map((object) => ({ object, name: `primary_${object}_id` }))
		.filter(({ object, name }) => body[name] && !verified.includes(`${object} ${body[name]}`))
		.map(({ name }) => badFormat(name, 'must be verified and belong to the user'));
}

/** @param {Values} body @returns {ErrorEntry[]} */
const passwordOnlyRules = (body) =>
	['skip_password_checks', 'sign_out_of_other_sessions']
		.filter((name) => body[name] && body.password == null)
		.map((name) => badValue(name, 'can only be used together with password'));

/** @param {State} state @param {Values} body */
const creationRules = (state, body) => [
	...requirements(state, body),
	...passwordRules(body),
	...statusRules(body),
	...uniqueness(state, body),
];

/** @param {State} state @param {Values} body @param {UserRow} user */
const updateRules = (state, body, user) => [
	...passwordRules(body),
	...passwordOnlyRules(body),
	...primaryRules(body, user),
	...uniqueness(state, body, user),
];

module.exports = { creationRules, uniqueness, updateRules };
