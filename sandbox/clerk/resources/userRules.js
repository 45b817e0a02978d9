'use strict';

const { aboutParam, badFormat, badValue, entry, missing, taken } = require('../errors');

/** Enough of the list of leaked passwords to show what happens. */
const LEAKED = ['password', '12345678', 'qwertyuiop', 'password123'];

/** What has entries in a user's lists. */
const KINDS = ['email_address', 'phone_number', 'web3_wallet'];

/** @param {unknown} value @returns {string[]} */
const listed = (value) => (value == null || value === '' ? [] : [value].flat().map(String));

// Any user may take an address or number that is neither verified nor reserved.
/** @param {UserRow} user @param {string} value */
const claims = (user, value) =>
	![...user.email_addresses, ...user.phone_numbers].some(
		(one) =>
			(one.email_address ?? one.phone_number) === value &&
			one.verification === null &&
			one.reserved === false,
	);

/** @param {State} state @param {Values} body @param {UserRow} [self] may keep its own values */
const uniqueness = (state, body, self) =>
	[...KINDS, 'username', 'external_id']
		.filter((name) =>
			listed(body[name])
				.map((value) => (name === 'external_id' ? value : value.toLowerCase()))
				.some((value) =>
					state.users.where(name, value).some((owner) => owner !== self && claims(owner, value)),
				),
		)
		.map(taken);

/** @param {Values} body @returns {(ErrorEntry | false)[]} */
function passwordRules({ password, password_digest: digest, password_hasher: hasher, ...body }) {
	const isChecked = password != null && digest == null && !body.skip_password_checks;
	const isShort = isChecked && password.length < 8;
	const isLeaked = isChecked && LEAKED.includes(password.toLowerCase());
	const short = 'Passwords must be 8 characters or more.';
	const leaked = 'Password has been found in an online data breach.';
	return [
		password != null &&
			digest != null &&
			badValue('password_digest', 'cannot be combined with password'),
		password == null && digest != null && hasher == null && missing('password_hasher'),
		digest == null && hasher != null && missing('password_digest'),
		isShort && aboutParam('password', 'form_password_length_too_short', short),
		isLeaked && !isShort && aboutParam('password', 'form_password_pwned', leaked),
	];
}

/** What a new user must have, also by the instance's settings. @type {(state: State, body: Values) => (ErrorEntry | false)[]} */
function creationRules(state, body) {
	const isIdentified = [...KINDS, 'username'].some((name) => listed(body[name]).length > 0);
	const needsPassword = state.instance.passwordRequired && !body.skip_password_requirement;
	const hasPassword = body.password != null || body.password_digest != null;
	const param_names = [
		...(isIdentified ? [] : ['email_address']),
		...(needsPassword && !hasPassword ? ['password'] : []),
	];
	const message = `${JSON.stringify(param_names)} data doesn't match user requirements set for this instance`;
	const torn = KINDS.filter((name) => {
		const statuses = listed(body[`${name}_identification_status`]);
		return statuses.length > 0 && statuses.length !== listed(body[name]).length;
	});
	return [
		param_names.length > 0 && entry('form_data_missing', 'missing data', message, { param_names }),
		...passwordRules(body),
		...torn.map((name) =>
			badValue(`${name}_identification_status`, `must have one item for each ${name}`),
		),
		...uniqueness(state, body),
	];
}

/** @param {State} state @param {Values} body @param {UserRow} user @returns {(ErrorEntry | false)[]} */
function updateRules(state, body, user) {
	const withPassword = ['skip_password_checks', 'sign_out_of_other_sessions'];
	const entries = [...user.email_addresses, ...user.phone_numbers, ...user.web3_wallets];
	const verified = entries.filter((one) => one.verification);
	const own = verified.map(({ object, id }) => `${object} ${id}`);
	const primaries = KINDS.map((kind) => ({ name: `primary_${kind}_id`, kind }));
	const others = primaries.filter(
		({ name, kind }) => body[name] && !own.includes(`${kind} ${body[name]}`),
	);
	return [
		...passwordRules(body),
		...withPassword
			.filter((name) => body[name] && body.password == null)
			.map((name) => badValue(name, 'can only be used together with password')),
		...others.map(({ name }) => badFormat(name, 'must be verified and belong to the user')),
		...uniqueness(state, body, user),
	];
}

module.exports = { creationRules, uniqueness, updateRules };
