'use strict';

const { presentRole } = require('./role');

/**
 * @typedef {object} DirectoryRow
 * @property {string} id
 * @property {string} name
 * @property {string | null} enterprise_connection_id
 * @property {string} provider
 * @property {boolean} enabled
 * @property {boolean} group_role_mapping_enabled
 * @property {Record<string, string>} attribute_mapping
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} MappingRow
 * @property {string} id
 * @property {string} directory_id
 * @property {string} group_id
 * @property {string} group_name
 * @property {string} role_id
 * @property {number} precedence
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */
/** @typedef {'directory' | 'scim_directory'} Kind under which of its two names the API shows a directory */

/** @param {State} state @param {Partial<DirectoryRow> & { provider: string }} fields @returns {DirectoryRow} */
function newDirectory(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		name: '',
		enterprise_connection_id: null,
		enabled: true,
		group_role_mapping_enabled: false,
		attribute_mapping: { first_name: 'name.givenName', last_name: 'name.familyName' },
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('scimdir', at),
	};
}

/** Clerk shows a key only when it is new. @param {State} state */
const newKey = (state) => ({ api_key: state.newId('ak') });

/** @param {State} state @param {Kind} kind @param {DirectoryRow} directory */
function presentDirectory(state, kind, directory) {
	const connection = state.enterpriseConnections.get(directory.enterprise_connection_id ?? '');
	return {
		object: kind,
		...directory,
		endpoint_url: `https://clerk.example.com/v1/scim/${directory.id}`,
		custom_attributes: connection?.custom_attributes ?? [],
	};
}

/** Those of a directory, in the order that decides. @param {State} state @param {DirectoryRow} directory */
const mappingsOf = (state, { id }) =>
	[...state.groupRoleMappings.where('directory_id', id)].sort(
		(a, b) => a.precedence - b.precedence,
	);

/**
 * @param {State} state
 * @param {Pick<MappingRow, 'directory_id' | 'group_id' | 'group_name' | 'role_id' | 'precedence'>} fields
 */
function newMapping(state, fields) {
	const at = state.clock();
	const id = state.newId('grpmap', at);
	return state.groupRoleMappings.insert({ ...fields, id, created_at: at, updated_at: at });
}

/** @param {State} state @param {Kind} kind @param {MappingRow} mapping */
function presentMapping(state, kind, { group_id, group_name, role_id, ...mapping }) {
	const role = state.roles.get(role_id);
	return {
		object: kind === 'directory' ? 'directory_group_role_mapping' : 'scim_group_role_mapping',
		...mapping,
		scim_directory_id: mapping.directory_id,
		directory_group_id: group_id,
		scim_group_id: group_id,
		directory_group_display_name: group_name,
		scim_group_display_name: group_name,
		...(role && { role: presentRole(state, role) }),
	};
}

module.exports = {
	mappingsOf,
	newDirectory,
	newKey,
	newMapping,
	presentDirectory,
	presentMapping,
};
