'use strict';

const { roleSets } = require('../resources/roles');
const apiKeys = require('../resources/apiKeys');
const m2mTokens = require('../resources/m2mTokens');
const machines = require('../resources/machines');
const organizationDomains = require('../resources/organizationDomains');

const DAY = 86_400_000;

/** @type {[slug: string, name: string, mode: string][]} */
const DOMAINS = [
	['harbour-labs', 'harbour-labs.example', 'automatic_invitation'],
	['harbour-labs', 'harbour.example', 'manual_invitation'],
	['pine-co', 'pine.example', 'automatic_suggestion'],
];

/** @param {State} state */
function plantDomains(state) {
	for (const [slug, name, enrollment_mode] of DOMAINS) {
		const [organization] = state.organizations.where('slug', slug);
		if (!organization) continue;
		const fields = { organization_id: organization.id, name, enrollment_mode };
		organizationDomains.make(state, fields);
	}
}

/** A second set of roles, which Pine & Co has. @param {State} state */
function plantRoleSet(state) {
	roleSets.make(state, {
		key: 'role_set:team',
		name: 'Team',
		description: 'For those who pay for themselves',
		roles: ['org:admin', 'org:member', 'org:billing'],
	});
	const [pine] = state.organizations.where('slug', 'pine-co');
	if (pine) pine.role_set_key = 'role_set:team';
}

/** The worker calls the ledger, with a token that is valid and one that was. @param {State} state */
function plantMachines(state) {
	const at = state.clock() - 90 * DAY;
	const ledger = machines.make(state, { name: 'Ledger', created_at: at });
	const scopes = [ledger.id];
	const worker = machines.make(state, {
		name: 'Billing worker',
		created_at: at + DAY,
		scoped_machines: scopes,
	});
	for (const created_at of [at + DAY, state.clock()]) {
		const fields = { subject: worker.id, scopes, created_at, expiration: created_at + DAY };
		m2mTokens.make(state, fields);
	}
}

/** @param {State} state */
function plantApiKeys(state) {
	const [ada] = state.users.where('email_address', 'ada.berg@example.com');
	const [harbour] = state.organizations.where('slug', 'harbour-labs');
	const subjects = [ada?.id ?? '', harbour?.id ?? ''];
	for (const subject of subjects) {
		const at = state.clock() - 40 * DAY;
		const fields = { subject, created_by: ada?.id ?? null, created_at: at };
		apiKeys.make(state, { ...fields, name: 'Nightly export', scopes: ['invoices:read'] });
		apiKeys.make(state, { ...fields, name: 'Old laptop', revoked: true });
	}
}

/** What organizations have beside their members, and what calls each other without people. @param {State} state */
function plantTeams(state) {
	plantDomains(state);
	plantRoleSet(state);
	plantMachines(state);
	plantApiKeys(state);
}

module.exports = { plantTeams };
