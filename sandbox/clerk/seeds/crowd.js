'use strict';

const { newEmailAddress, newUser } = require('../records/user');

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const FIRST_NAMES = 'Ada Bo Cleo Dan Eva Finn Gia Hugo Iris Jon Kim'.split(' ');
const LAST_NAMES = 'Abbott Berg Costa Diaz Evans Fischer Gray'.split(' ');

/** A third is away for over 90 days, one in 17 was never there. @param {number} number @param {number} now */
function lastActive(number, now) {
	if (number % 17 === 0) return null;
	return now - (number % 3 === 0 ? 91 + (number % 200) : number % 60) * DAY;
}

/** As many users as asked for, a minute apart, oldest first. @param {State} state @param {number} count */
function plantCrowd(state, count) {
	const now = state.clock();
	for (let number = 1; number <= count; number += 1) {
		const at = now - 730 * DAY + number * MINUTE;
		const active = lastActive(number, now);
		const user = newUser(state, {
			first_name: FIRST_NAMES[number % FIRST_NAMES.length],
			last_name: LAST_NAMES[number % LAST_NAMES.length],
			email_addresses: [newEmailAddress(state, `user${number}@example.com`, { at })],
			last_active_at: active,
			last_sign_in_at: active,
			created_at: at,
		});
		state.users.insert(user);
	}
}

module.exports = { plantCrowd };
