'use strict';

const { subscribe } = require('../records/billing');
const { newExternalAccount, newPasskey } = require('../records/credentials');
const { newInvitation, newOrganizationInvitation } = require('../records/invitation');
const { permissions, roles } = require('../resources/roles');
const { newWeb3Wallet } = require('../records/user');
const trustedDevices = require('../resources/trustedDevices');
const { plantCatalogue, pro, team } = require('./companyCatalogue');
const { plantSignOn } = require('./companySignOn');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A role of the company's own, beside those every instance has. @param {State} state */
function plantBillingRole(state) {
	permissions.make(state, { key: 'org:invoices:manage', name: 'Manage invoices' });
	roles.make(state, {
		key: 'org:billing',
		name: 'Billing',
		description: 'Pays, and sees who is there',
		permissions: ['org:sys_memberships:read', 'org:invoices:manage'],
	});
}

/** @type {[name: string, daysAgo: number, fields?: Values][]} */
const INVITATIONS = [
	['wes.carter', 31, { status: 'accepted' }],
	['birgit.hahn', 45],
	['cora.diaz', 20, { status: 'revoked' }],
	['aldo.ferri', 5],
	['zoe.lund', 2, { public_metadata: { plan: 'pro' } }],
];

/** One of each status; who was invited 45 days ago is too late. @param {State} state */
function plantInvitations(state) {
	for (const [name, daysAgo, fields] of INVITATIONS) {
		const at = state.clock() - daysAgo * DAY;
		const invitation = { email_address: `${name}@example.com`, created_at: at, ...fields };
		state.invitations.insert(newInvitation(state, invitation));
	}
}

/** @type {[slug: string, name: string, daysAgo: number, fields?: Values][]} */
const ORGANIZATION_INVITATIONS = [
	['harbour-labs', 'emil.roth', 60],
	['harbour-labs', 'dora.klein', 4, { role: 'org:admin' }],
	['harbour-labs', 'wes.carter', 1, { public_metadata: { team: 'design' } }],
	['pine-co', 'gus.oak', 10, { status: 'revoked' }],
	['pine-co', 'fay.moss', 3, { role: 'org:billing' }],
];

/** @param {State} state */
function plantOrganizationInvitations(state) {
	for (const [slug, name, daysAgo, fields] of ORGANIZATION_INVITATIONS) {
		const [organization] = state.organizations.where('slug', slug);
		if (!organization) continue;
		const admin = state.memberships
			.where('organization_id', organization.id)
			.find(({ role }) => role === 'org:admin');
		const invitation = newOrganizationInvitation(state, {
			organization_id: organization.id,
			email_address: `${name}@example.com`,
			role: 'org:member',
			inviter_id: admin?.user_id ?? null,
			created_at: state.clock() - daysAgo * DAY,
			...fields,
		});
		state.organizationInvitations.insert(invitation);
	}
}

/** @param {State} state @param {string} name */
function person(state, name) {
	const [user] = state.users.where('email_address', `${name}@example.com`);
	if (!user) throw new TypeError(`${name} is not in the company`);
	return user;
}

/** Ada signs in with Google, with two passkeys and with two devices, and pays. @param {State} state */
function plantAda(state) {
	const now = state.clock();
	const ada = person(state, 'ada.berg');
	const account = newExternalAccount(state, {
		provider: 'oauth_google',
		email: 'ada.berg@example.com',
		firstName: 'Ada',
		lastName: 'Berg',
		at: ada.created_at,
	});
	const link = { type: 'oauth_google', id: account.identification_id };
	state.users.update(ada, {
		external_accounts: [account],
		email_addresses: ada.email_addresses.map((one) => ({ ...one, linked_to: [link] })),
		passkeys: [newPasskey(state, 'MacBook', now - DAY), newPasskey(state, 'Phone', now - HOUR)],
	});
	const device = { user_id: ada.id, created_at: now - 9 * DAY, last_used_at: now - HOUR };
	for (const fields of /** @type {const} */ ([
		{ name: 'Ada’s phone', platform: 'ios' },
		{ name: 'Ada’s tablet', platform: 'android' },
	])) {
		trustedDevices.make(state, { ...device, ...fields });
	}
	subscribe(state, ada.id, pro, now - 100 * DAY);
}

/** @param {State} state */
function plantMei(state) {
	const mei = person(state, 'mei.chen');
	const address = '0x52908400098527886e0f7030069857d2e4169ee7';
	const wallet = newWeb3Wallet(state, address, { at: mei.created_at });
	state.users.update(mei, {
		web3_wallets: [wallet],
		primary_web3_wallet_id: wallet.id,
		passkeys: [newPasskey(state, 'Security key', state.clock() - 3 * DAY)],
	});
}

/** Jonas has a password and an authenticator app. @param {State} state */
function plantJonas(state) {
	const jonas = person(state, 'jonas.weber');
	state.users.update(jonas, {
		password: 'correct horse battery',
		password_last_updated_at: jonas.created_at,
		totp_secret: 'JBSWY3DPEHPK3PXP',
		backup_codes: ['one-time-1', 'one-time-2'],
		mfa_enabled_at: state.clock() - 50 * DAY,
	});
}

/** @param {State} state */
function plantHarbourPlan(state) {
	const [harbour] = state.organizations.where('slug', 'harbour-labs');
	if (harbour) subscribe(state, harbour.id, team, state.clock() - 200 * DAY);
}

/** What people set up for themselves, whom they invited and what they pay. @param {State} state */
function plantExtras(state) {
	plantBillingRole(state);
	plantInvitations(state);
	plantOrganizationInvitations(state);
	plantAda(state);
	plantMei(state);
	plantJonas(state);
	plantHarbourPlan(state);
	plantSignOn(state);
	plantCatalogue(state);
}

module.exports = { plantExtras };
