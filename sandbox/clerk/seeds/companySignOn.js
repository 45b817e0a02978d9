'use strict';

const { newDirectory, newMapping } = require('../records/directory');
const { newConnection, newTestRun } = require('../records/enterpriseConnection');
const { roleOf } = require('../records/role');

const DAY = 24 * 3_600_000;

/** @typedef {import('../state').State} State */

/** @param {State} state @param {string} slug */
const organizationId = (state, slug) => state.organizations.where('slug', slug)[0]?.id ?? null;

/** Harbour Labs signs in by Okta, which also sends its people; Pine & Co tries GitLab out. @param {State} state */
function plantSignOn(state) {
	const now = state.clock();
	const harbour = newConnection(state, {
		name: 'Harbour Labs',
		provider: 'saml_okta',
		domains: ['harbour-labs.example.com'],
		organization_id: organizationId(state, 'harbour-labs'),
		active: true,
		saml: { idp_metadata_url: 'https://harbour.okta.example.com/metadata' },
		custom_attributes: [{ name: 'Department', key: 'department', multi_valued: false }],
		created_at: now - 300 * DAY,
	});
	const pine = newConnection(state, {
		name: 'Pine & Co',
		provider: 'oidc_gitlab',
		domains: ['pine.example.com'],
		organization_id: organizationId(state, 'pine-co'),
		oidc: { client_id: 'pine', client_secret: 'pine-secret' },
		created_at: now - 12 * DAY,
	});
	for (const row of [harbour, pine]) state.enterpriseConnections.insert(row);
	for (const fields of /** @type {const} */ ([
		{ status: 'failed', logs: [{ level: 'error', message: 'No e-mail address came back.' }] },
		{ status: 'success', parsed_user_info: { email_address: 'ada@harbour-labs.example.com' } },
	])) {
		const run = { enterprise_connection_id: harbour.id, ...structuredClone(fields) };
		state.testRuns.insert(newTestRun(state, /** @type {any} */ (run)));
	}

	const directory = newDirectory(state, {
		name: 'Harbour Labs people',
		provider: 'okta',
		enterprise_connection_id: harbour.id,
		group_role_mapping_enabled: true,
		created_at: now - 200 * DAY,
	});
	state.directories.insert(directory);
	const groups = { Admins: 'org:admin', Everyone: 'org:member' };
	Object.entries(groups).forEach(([group_name, role], at) => {
		const group_id = `group-${group_name.toLowerCase()}`;
		const role_id = roleOf(state, role)?.id ?? '';
		newMapping(state, {
			directory_id: directory.id,
			group_id,
			group_name,
			role_id,
			precedence: at + 1,
		});
	});
}

module.exports = { plantSignOn };
