'use strict';

const { newExternalAccount, newPasskey } = require('../records/credentials');
const { newInvitation, newOrganizationInvitation } = require('../records/invitation');
const { newWeb3Wallet } = require('../records/user');
const { allowlist, blocklist, waitlist } = require('../resources/accessLists');
const { plantPlan, prices, subscribe } = require('../resources/billing');
const { directories, makeMappings, mappingOf } = require('../resources/directories');
const { domains, redirectUrls } = require('../resources/domains');
const { makeConnection, testRuns } = require('../resources/enterpriseConnections');
const machines = require('../resources/machines');
const oauthApplications = require('../resources/oauthApplications');
const organizationDomains = require('../resources/organizationDomains');
const { permissions, roleOf, roleSets, roles } = require('../resources/roles');
const { signUps } = require('../resources/signIn');
const { jwtTemplates } = require('../resources/templates');
const trustedDevices = require('../resources/trustedDevices');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One of each status; who was invited 45 days ago is too late. @type {[name: string, daysAgo: number, fields?: Values][]} */
const INVITATIONS = [
	['wes.carter', 31, { status: 'accepted' }],
	['birgit.hahn', 45],
	['cora.diaz', 20, { status: 'revoked' }],
	['aldo.ferri', 5],
	['zoe.lund', 2, { public_metadata: { plan: 'pro' } }],
];

/** @type {[slug: string, name: string, daysAgo: number, fields?: Values][]} */
const ORGANIZATION_INVITATIONS = [
	['harbour-labs', 'emil.roth', 60],
	['harbour-labs', 'dora.klein', 4, { role: 'org:admin' }],
	['harbour-labs', 'wes.carter', 1, { public_metadata: { team: 'design' } }],
	['pine-co', 'gus.oak', 10, { status: 'revoked' }],
	['pine-co', 'fay.moss', 3, { role: 'org:billing' }],
];

/** @type {[slug: string, name: string, mode: string][]} */
const ORGANIZATION_DOMAINS = [
	['harbour-labs', 'harbour-labs.example', 'automatic_invitation'],
	['harbour-labs', 'harbour.example', 'manual_invitation'],
	['pine-co', 'pine.example', 'automatic_suggestion'],
];

/** @type {[name: string, daysAgo: number, status: string][]} */
const WAITING = [
	['tomas.ek', 40, 'completed'],
	['lena.vogt', 12, 'rejected'],
	['pia.maas', 6, 'pending'],
	['rafi.stern', 2, 'pending'],
];

/** What the company sells. */
const PLANS = /** @type {const} */ ([
	{ slug: 'pro', name: 'Pro', fee: 1200, payer: 'user' },
	{ slug: 'team', name: 'Team', fee: 9900, payer: 'org' },
]);

/** @param {string} name */
const emailOf = (name) => `${name}@example.com`;

/** @param {State} state @param {string} name @returns {UserRow} */
function person(state, name) {
	const [user] = state.users.where('email_address', emailOf(name));
	if (!user) throw new TypeError(`${name} is not in the company`);
	return user;
}

/** @param {State} state @param {string} slug @returns {string} */
const idOf = (state, slug) => state.organizations.where('slug', slug)[0].id;

/** Roles of the company's own, beside those every instance has; Pine & Co has another set. @param {State} state */
function plantRoles(state) {
	permissions.make(state, { key: 'org:invoices:manage', name: 'Manage invoices' });
	roles.make(state, {
		key: 'org:billing',
		name: 'Billing',
		description: 'Pays, and sees who is there',
		permissions: ['org:sys_memberships:read', 'org:invoices:manage'],
	});
	roleSets.make(state, {
		key: 'role_set:team',
		name: 'Team',
		description: 'For those who pay for themselves',
		roles: ['org:admin', 'org:member', 'org:billing'],
	});
	const pine = state.organizations.get(idOf(state, 'pine-co'));
	state.organizations.update(pine, { role_set_key: 'role_set:team' });
}

/** @param {State} state @param {(days: number) => number} ago */
function plantInvitations(state, ago) {
	for (const [name, days, fields] of INVITATIONS) {
		const invitation = { email_address: emailOf(name), created_at: ago(days), ...fields };
		state.invitations.insert(newInvitation(state, invitation));
	}
	for (const [slug, name, days, fields] of ORGANIZATION_INVITATIONS) {
		const organization_id = idOf(state, slug);
		const members = state.memberships.where('organization_id', organization_id);
		const invitation = newOrganizationInvitation(state, {
			organization_id,
			email_address: emailOf(name),
			role: 'org:member',
			inviter_id: members.find(({ role }) => role === 'org:admin')?.user_id ?? null,
			created_at: ago(days),
			...fields,
		});
		state.organizationInvitations.insert(invitation);
	}
}

/** Ada signs in with Google, two passkeys and two devices; Mei has a wallet, Jonas a password and an authenticator app. @param {State} state @param {(days: number) => number} ago */
function plantCredentials(state, ago) {
	const ada = person(state, 'ada.berg');
	const account = newExternalAccount(state, {
		provider: 'oauth_google',
		email_address: emailOf('ada.berg'),
		first_name: 'Ada',
		last_name: 'Berg',
		created_at: ada.created_at,
	});
	const link = { type: 'oauth_google', id: account.identification_id };
	state.users.update(ada, {
		external_accounts: [account],
		email_addresses: ada.email_addresses.map((one) => ({ ...one, linked_to: [link] })),
		passkeys: [newPasskey(state, 'MacBook', ago(1)), newPasskey(state, 'Phone', ago(0) - HOUR)],
	});
	const device = { user_id: ada.id, created_at: ago(9), last_used_at: ago(0) - HOUR };
	trustedDevices.make(state, { ...device, name: 'Ada’s phone', platform: 'ios' });
	trustedDevices.make(state, { ...device, name: 'Ada’s tablet', platform: 'android' });

	const mei = person(state, 'mei.chen');
	const address = '0x52908400098527886e0f7030069857d2e4169ee7';
	const wallet = newWeb3Wallet(state, address, { at: mei.created_at });
	state.users.update(mei, {
		web3_wallets: [wallet],
		primary_web3_wallet_id: wallet.id,
		passkeys: [newPasskey(state, 'Security key', ago(3))],
	});

	const jonas = person(state, 'jonas.weber');
	state.users.update(jonas, {
		password: 'correct horse battery',
		password_last_updated_at: jonas.created_at,
		totp_secret: 'JBSWY3DPEHPK3PXP',
		backup_codes: ['one-time-1', 'one-time-2'],
		mfa_enabled_at: ago(50),
	});
}

/** What is sold, and who pays. @param {State} state @param {(days: number) => number} ago */
function plantBilling(state, ago) {
	for (const plan of PLANS) plantPlan(state, plan);
	prices.make(state, { plan_id: 'cplan_pro', amount: 900, description: 'Friends' });
	subscribe(state, person(state, 'ada.berg').id, 'pro', { created_at: ago(100) });
	subscribe(state, idOf(state, 'harbour-labs'), 'team', { created_at: ago(200) });
	const trial = { created_at: ago(3), trial_end: ago(-11) };
	subscribe(state, person(state, 'hiro.tanaka').id, 'pro', trial);
}

/** Harbour Labs signs in by Okta, which also sends its people; Pine & Co tries GitLab out. @param {State} state @param {(days: number) => number} ago */
function plantSignOn(state, ago) {
	const harbour = makeConnection(state, {
		name: 'Harbour Labs',
		provider: 'saml_okta',
		domains: ['harbour-labs.example.com'],
		organization_id: idOf(state, 'harbour-labs'),
		active: true,
		saml: { idp_metadata_url: 'https://harbour.okta.example.com/metadata' },
		custom_attributes: [{ name: 'Department', key: 'department', multi_valued: false }],
		created_at: ago(300),
	});
	makeConnection(state, {
		name: 'Pine & Co',
		provider: 'oidc_gitlab',
		domains: ['pine.example.com'],
		organization_id: idOf(state, 'pine-co'),
		oidc: { client_id: 'pine', client_secret: 'pine-secret' },
		created_at: ago(12),
	});
	for (const fields of [
		{ status: 'failed', logs: [{ level: 'error', message: 'No e-mail address came back.' }] },
		{ status: 'success', parsed_user_info: { email_address: 'ada@harbour-labs.example.com' } },
	]) {
		testRuns.make(state, { enterprise_connection_id: harbour.id, ...fields });
	}

	const directory = directories.make(state, {
		name: 'Harbour Labs people',
		provider: 'okta',
		enterprise_connection_id: harbour.id,
		group_role_mapping_enabled: true,
		created_at: ago(200),
	});
	const groups = { Admins: 'org:admin', Everyone: 'org:member' };
	const wanted = Object.entries(groups).map(([name, role]) =>
		mappingOf(state, {
			directory_group_id: `group-${name.toLowerCase()}`,
			directory_group_display_name: name,
			role_id: roleOf(state, role).id,
		}),
	);
	makeMappings(state, directory.id, wanted);
	for (const [slug, name, enrollment_mode] of ORGANIZATION_DOMAINS) {
		organizationDomains.make(state, { organization_id: idOf(state, slug), name, enrollment_mode });
	}
}

/** The worker calls the ledger, with a token that is valid and one that was; others have keys. @param {State} state @param {(days: number) => number} ago */
function plantMachines(state, ago) {
	const ledger = machines.make(state, { name: 'Ledger', created_at: ago(90) });
	const scopes = [ledger.id];
	const ofWorker = { name: 'Billing worker', created_at: ago(89), scoped_machines: scopes };
	const worker = machines.make(state, ofWorker);
	for (const created_at of [ago(89), ago(0)]) {
		const fields = { subject: worker.id, scopes, created_at, expiration: created_at + DAY };
		machines.m2mTokens.make(state, fields);
	}
	const created_by = person(state, 'ada.berg').id;
	for (const subject of [created_by, idOf(state, 'harbour-labs')]) {
		const fields = { subject, created_by, created_at: ago(40) };
		machines.apiKeys.make(state, { ...fields, name: 'Nightly export', scopes: ['invoices:read'] });
		machines.apiKeys.make(state, { ...fields, name: 'Old laptop', revoked: true });
	}
}

/** Applications that sign in with the company's accounts, and templates of tokens. @param {State} state */
function plantApplications(state) {
	const claims = { 'https://hasura.io/jwt/claims': { 'x-hasura-user-id': '{{user.id}}' } };
	jwtTemplates.make(state, { name: 'hasura', claims, lifetime: 600 });
	const portal = oauthApplications.make(state, {
		name: 'Partner Portal',
		redirect_uris: ['https://portal.example/callback'],
	});
	const { id } = person(state, 'ada.berg');
	oauthApplications.grantTokens(state, portal, id, ['oat_sandbox_ada', 'ort_sandbox_ada']);
	const phone = { name: 'Phone App', redirect_uris: ['phone://callback'], public: true };
	oauthApplications.make(state, phone);
}

/** Who may come in, who may not, who waits, and from where. @param {State} state @param {(days: number) => number} ago */
function plantAccess(state, ago) {
	for (const identifier of ['*@example.com', '+12025550177']) {
		allowlist.make(state, { identifier, created_at: ago(90) });
	}
	for (const identifier of ['*@spam.example', 'troll@example.org']) {
		blocklist.make(state, { identifier, created_at: ago(80) });
	}
	for (const [name, days, status] of WAITING) {
		waitlist.make(state, { email_address: emailOf(name), status, created_at: ago(days) });
	}
	for (const url of ['https://app.company.example/welcome', 'company-app://oauth-callback']) {
		redirectUrls.make(state, { url });
	}
	domains.make(state, { name: 'company.example' });
	domains.make(state, { name: 'shop.company.example', is_satellite: true });
	signUps.make(state, {
		email_address: emailOf('half.way'),
		missing_fields: ['password'],
		unverified_fields: ['email_address'],
		created_at: ago(0) - HOUR,
	});
}

/** What the company has beside its people. @param {State} state */
function plantExtras(state) {
	const now = state.clock();
	const ago = (/** @type {number} */ days) => now - days * DAY;
	plantRoles(state);
	plantInvitations(state, ago);
	plantCredentials(state, ago);
	plantBilling(state, ago);
	plantSignOn(state, ago);
	plantMachines(state, ago);
	plantApplications(state);
	plantAccess(state, ago);
}

module.exports = { plantExtras };
