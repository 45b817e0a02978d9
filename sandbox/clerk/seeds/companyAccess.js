'use strict';

const { allowlist, blocklist, waitlist } = require('../resources/accessLists');
const { domains, redirectUrls } = require('../resources/domains');
const { signUps } = require('../resources/signIn');

const DAY = 86_400_000;

/** @type {[name: string, daysAgo: number, status: string][]} */
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
		allowlist.make(state, { identifier, created_at: now - 90 * DAY });
	}
	for (const identifier of ['*@spam.example', 'troll@example.org']) {
		blocklist.make(state, { identifier, created_at: now - 80 * DAY });
	}
	for (const [name, daysAgo, status] of WAITING) {
		const at = { created_at: now - daysAgo * DAY };
		const entry = { email_address: `${name}@example.com`, status, ...at };
		waitlist.make(state, entry);
	}
	for (const url of ['https://app.company.example/welcome', 'company-app://oauth-callback']) {
		redirectUrls.make(state, { url });
	}
	domains.make(state, { name: 'company.example' });
	domains.make(state, { name: 'shop.company.example', is_satellite: true });
	signUps.make(state, {
		email_address: 'half.way@example.com',
		missing_fields: ['password'],
		unverified_fields: ['email_address'],
		created_at: now - 3_600_000,
	});
}

module.exports = { plantAccess };
