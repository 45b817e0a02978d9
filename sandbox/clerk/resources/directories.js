'use strict';

const { badValue, missing, refuse, refuseIf } = require('../errors');
const { presentRole } = require('./roles');
const { defineResource, together } = require('../resource');
const { removeWhere } = require('../table');
const { withoutNull } = require('../values');

/** The name or its older one, which must agree. @type {(body: Values, name: string, older: string) => any} */
function either(body, name, older) {
	const [now, before] = [body[name], body[older]];
	const isTorn = now !== undefined && before !== undefined && now !== before;
	refuse(isTorn && badValue(name, `and ${older} must be the same`));
	return now ?? before;
}

/** What a mapping holds. @param {State} state @param {Values} body */
function mappingOf(state, body) {
	const { role_id, precedence } = body;
	const group_id = either(body, 'directory_group_id', 'scim_group_id');
	const group_name = either(body, 'directory_group_display_name', 'scim_group_display_name');
	refuse(
		!group_id && missing('directory_group_id'),
		!state.roles.get(role_id) && badValue('role_id', 'is not the id of a role'),
	);
	return { group_id, group_name: group_name ?? group_id, role_id, precedence };
}

/** The API has directories under two names. @param {string} param of the path @param {string} base */
function directoriesAs(param, base) {
	const directories = defineResource({
		path: base,
		table: 'directories',
		prefix: 'scimdir',
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
				refuse(!isKnown && badValue('enterprise_connection_id', 'is not that of a connection'));
				const enabled = { group_role_mapping_enabled: given.length > 0 };
				const row = directories.make(state, { ...fields, ...enabled });
				makeMappings(state, row.id, given);
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
		const { group_role_mapping_enabled: isOn } = directories.find(state, params[param]);
		refuseIf(!isOn, 'group_role_mapping_disabled');
	}

	const mappings = defineResource({
		path,
		table: 'groupRoleMappings',
		prefix: 'grpmap',
		order: '+precedence',
		parent: directories.find,
		defaults(state, { directory_id, scim_directory_id = directory_id }) {
			const others = state.groupRoleMappings.where('directory_id', scim_directory_id);
			const precedence = 1 + Math.max(0, ...others.map((one) => one.precedence));
			return { directory_id: scim_directory_id, scim_directory_id, precedence };
		},
		fields: ({ state, body }) => mappingOf(state, body),
		shown({ group_id, group_name, role_id }, state) {
			const role = state.roles.get(role_id);
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
				respond({ state, params: { [param]: id = '' }, body }) {
					removeWhere([state.groupRoleMappings], 'directory_id', id);
					return makeMappings(state, id, body.mappings);
				},
			},
			[`DELETE ${path}/{mapping_id}`]: { check },
		},
	});

	/** In the order that decides. @type {(state: State, id: string, bodies: Values[]) => Row[]} */
	const makeMappings = (state, id, bodies) =>
		bodies.map((body) => mappings.make(state, { directory_id: id, ...mappingOf(state, body) }));

	return together({ directories, mappings });
}

module.exports = {
	either,
	...together({
		directories: directoriesAs('directory_id', '/directories'),
		older: directoriesAs('scim_directory_id', '/scim_directories'),
	}),
};
