'use strict';

const { badValue, missing, refusal, refuse } = require('../errors');
const { presentRole } = require('./roles');
const { defineResource, withoutNull } = require('../resource');
const { removeWhere } = require('../table');

/** Of a new name and a legacy one: either, or both with the same value. @param {Values} body @param {string} field */
function either(body, field) {
	const [now, old] = [body[`directory_${field}`], body[`scim_${field}`]];
	const isTorn = now !== undefined && old !== undefined && now !== old;
	refuse(isTorn && badValue(`directory_${field}`, `and scim_${field} must be the same`));
	return now ?? old;
}

/** What a mapping holds. @param {State} state @param {Values} body */
function mappingOf(state, body) {
	const group_id = either(body, 'group_id');
	const group_name = either(body, 'group_display_name') ?? group_id;
	refuse(
		!group_id && missing('directory_group_id'),
		!state.roles.get(body.role_id) && badValue('role_id', 'is not the id of a role'),
	);
	return { group_id, group_name, role_id: body.role_id, precedence: body.precedence };
}

/**
 * Directories and their mappings, which the API has under two names.
 *
 * @param {string} param of the path
 * @param {string} base
 */
function directoriesAs(param, base) {
	const directories = defineResource({
		path: base,
		table: 'directories',
		prefix: 'scimdir',
		defaults: () => ({
			enterprise_connection_id: null,
			enabled: true,
			attribute_mapping: { first_name: 'name.givenName', last_name: 'name.familyName' },
		}),
		shown: ({ id, enterprise_connection_id: connection }, state) => ({
			endpoint_url: `https://clerk.example.com/v1/scim/${id}`,
			custom_attributes: state.enterpriseConnections.get(connection ?? '')?.custom_attributes ?? [],
		}),
		// Null takes an attribute away.
		fields: ({ row, body: { attribute_mapping: changes, ...body } }) => ({
			...body,
			attribute_mapping: withoutNull({ ...row.attribute_mapping, ...changes }),
		}),
		removing: ({ id }, state) => removeWhere([state.groupRoleMappings], 'directory_id', id),
		routes: {
			[`POST ${base}`]({ state, body: { group_role_mappings: given = [], ...fields } }) {
				const isKnown = state.enterpriseConnections.get(fields.enterprise_connection_id);
				if (!isKnown) refuse(badValue('enterprise_connection_id', 'is not that of a connection'));
				const wanted = given.map((/** @type {Values} */ one) => mappingOf(state, one));
				const enabled = { group_role_mapping_enabled: wanted.length > 0 };
				const row = directories.make(state, { ...fields, ...enabled });
				makeMappings(state, { [param]: row.id }, wanted);
				return withKey(state, row);
			},
			[`POST ${base}/{${param}}/rotate_api_key`]: ({ state, row }) => withKey(state, row),
		},
	});

	/** @param {State} state @param {Row} row */
	const withKey = (state, row) => ({ ...directories.show(state, row), api_key: state.newId('ak') });

	const path = `${base}/{${param}}/group_role_mappings`;

	/** @param {Call} call */
	function check({ state, params }) {
		if (directories.find(state, params[param]).group_role_mapping_enabled) return;
		const message = 'Group role mapping is not enabled on the directory.';
		throw refusal(400, 'group_role_mapping_disabled', message);
	}

	const mappings = defineResource({
		path,
		table: 'groupRoleMappings',
		prefix: 'grpmap',
		order: '+precedence',
		parent: directories.find,
		defaults(state, { directory_id, scim_directory_id = directory_id }) {
			const others = state.groupRoleMappings.where('directory_id', scim_directory_id);
			return {
				directory_id: scim_directory_id,
				scim_directory_id,
				precedence: 1 + Math.max(0, ...others.map(({ precedence }) => precedence)),
			};
		},
		fields: ({ state, body }) => mappingOf(state, body),
		shown({ group_id, group_name, role_id: id }, state) {
			const role = state.roles.get(id);
			return {
				directory_group_id: group_id,
				scim_group_id: group_id,
				directory_group_display_name: group_name,
				scim_group_display_name: group_name,
				role: role && presentRole(state, role),
			};
		},
		routes: {
			[`POST ${path}`]: { check },
			[`PUT ${path}`]: {
				check,
				respond({ state, params, body }) {
					const wanted = body.mappings.map((/** @type {Values} */ one) => mappingOf(state, one));
					removeWhere([state.groupRoleMappings], 'directory_id', params[param] ?? '');
					return makeMappings(state, params, wanted);
				},
			},
			[`DELETE ${path}/{mapping_id}`]: { check },
		},
	});

	/** In the order that decides. @param {State} state @param {Values} ids @param {Values[]} wanted @returns {Row[]} */
	const makeMappings = (state, ids, wanted) =>
		wanted.map((fields) => mappings.make(state, { ...ids, ...fields }));

	return { directories, mappings, routes: { ...directories.routes, ...mappings.routes } };
}

const { directories, mappings, routes } = directoriesAs('directory_id', '/directories');

module.exports = {
	directories,
	mappings,
	routes: { ...routes, ...directoriesAs('scim_directory_id', '/scim_directories').routes },
};
