'use strict';

const { newListedIdentifier, newWaitlistEntry } = require('../records/accessList');
const { newDomain, newRedirectUrl } = require('../records/domain');
const { newSignUp } = require('../records/signIn');

const DAY = 86_400_000;

/** @typedef {import('../state').State} State */

/** @type {[name: string, daysAgo: number, status: import('../records/accessList').WaitlistRow['status']][]} */
const WAITING = [
	['tomas.ek', 40, 'completed'],
	['lena.vogt', 12, 'rejected'],
	['pia.maas', 6, 'pending'],
	['rafi.stern', 2, 'pending'],
];

/** Who may come in, who may not, who waits, and from where. @param {State} state */
function plantAccess(state) {
	const now = state.clock();
	for (const identifier of ['*@example.com', '+12025550177']) {
		state.allowlist.insert(newListedIdentifier(state, 'alid', { identifier, at: now - 90 * DAY }));
	}
	for (const identifier of ['*@spam.example', 'troll@example.org']) {
		state.blocklist.insert(newListedIdentifier(state, 'blid', { identifier, at: now - 80 * DAY }));
	}
	for (const [name, daysAgo, status] of WAITING) {
		const at = { created_at: now - daysAgo * DAY };
		const entry = { email_address: `${name}@example.com`, status, ...at };
		state.waitlist.insert(newWaitlistEntry(state, entry));
	}
	for (const url of ['https://app.company.example/welcome', 'company-app://oauth-callback']) {
		state.redirectUrls.insert(newRedirectUrl(state, url));
	}
	state.domains.insert(newDomain(state, { name: 'company.example' }));
	const shop = { name: 'shop.company.example', is_satellite: true };
	state.domains.insert(newDomain(state, shop));
	state.signUps.insert(
		newSignUp(state, {
			email_address: 'half.way@example.com',
			missing_fields: ['password'],
			unverified_fields: ['email_address'],
			created_at: now - 3_600_000,
		}),
	);
}

module.exports = { plantAccess };
