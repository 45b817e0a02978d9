'use strict';

const { roleOf } = require('../resources/roles');
const { directories, makeMappings, mappingOf } = require('../resources/directories');
const { makeConnection, testRuns } = require('../resources/enterpriseConnections');

const DAY = 24 * 3_600_000;

/** @param {State} state @param {string} slug */
const organizationId = (state, slug) => state.organizations.where('slug', slug)[0]?.id ?? null;

/** Harbour Labs signs in by Okta, which also sends its people; Pine & Co tries GitLab out. @param {State} state */
function plantSignOn(state) {
	const now = state.clock();
	const harbour = makeConnection(state, {
		name: 'Harbour Labs',
		provider: 'saml_okta',
		domains: ['harbour-labs.example.com'],
		organization_id: organizationId(state, 'harbour-labs'),
		active: true,
		saml: { idp_metadata_url: 'https://harbour.okta.example.com/metadata' },
		custom_attributes: [{ name: 'Department', key: 'department', multi_valued: false }],
		created_at: now - 300 * DAY,
	});
	makeConnection(state, {
		name: 'Pine & Co',
		provider: 'oidc_gitlab',
		domains: ['pine.example.com'],
		organization_id: organizationId(state, 'pine-co'),
		oidc: { client_id: 'pine', client_secret: 'pine-secret' },
		created_at: now - 12 * DAY,
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
		created_at: now - 200 * DAY,
	});
	const groups = { Admins: 'org:admin', Everyone: 'org:member' };
	const wanted = Object.entries(groups).map(([name, role]) =>
		mappingOf(state, {
			directory_group_id: `group-${name.toLowerCase()}`,
			directory_group_display_name: name,
			role_id: roleOf(state, role)?.id,
		}),
	);
	makeMappings(state, directory.id, wanted);
}

module.exports = { plantSignOn };
