'use strict';

const { crud } = require('../crud');
const { badValue, missing, notFound, refusal, refuse } = require('../errors');
const {
	mappingsOf,
	newDirectory,
	newKey,
	newMapping,
	presentDirectory,
	presentMapping,
} = require('../records/directory');
const { flag, integer, nullable, open, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/directory').DirectoryRow} DirectoryRow */
/** @typedef {import('../records/directory').Kind} Kind */
/** @typedef {Record<string, any>} Values */

const precedence = { ...integer, minimum: 1 };

/** Which names a group may go by. @type {Record<Kind, { id: Values, name: Values, required: string[] }>} */
const GROUP = {
	directory: {
		id: { directory_group_id: text, scim_group_id: text },
		name: {
			directory_group_display_name: { ...text, maxLength: 255 },
			scim_group_display_name: { ...text, maxLength: 255 },
		},
		required: ['role_id'],
	},
	scim_directory: {
		id: { scim_group_id: text },
		name: { scim_group_display_name: { ...text, maxLength: 255 } },
		required: ['scim_group_id', 'role_id'],
	},
};

/** Of a new name and a legacy one: either, or both with the same value. @param {Values} body @param {string} field */
function either(body, field) {
	const [now, old] = [body[`directory_${field}`], body[`scim_${field}`]];
	if (now !== undefined && old !== undefined && now !== old) {
		refuse(badValue(`directory_${field}`, `and scim_${field} must be the same`));
	}
	return now ?? old;
}

/** @param {State} state @param {Values[]} bodies */
function checked(state, bodies) {
	return bodies.map((body) => {
		const group_id = either(body, 'group_id');
		const role = state.roles.get(body.role_id);
		refuse(
			...(group_id ? [] : [missing('directory_group_id')]),
			...(role ? [] : [badValue('role_id', 'is not the id of a role')]),
		);
		const { precedence } = body;
		const group_name = either(body, 'group_display_name') ?? group_id;
		return { group_id, group_name, role_id: body.role_id, precedence };
	});
}

/** @param {DirectoryRow} directory */
function requireMapping({ group_role_mapping_enabled: enabled }) {
	const message = 'Group role mapping is not enabled on the directory.';
	if (!enabled) throw refusal(400, 'group_role_mapping_disabled', message);
}

/** `null` takes an attribute away. @param {DirectoryRow} row @param {Values} changes */
const mergedMapping = (row, changes) =>
	Object.fromEntries(
		Object.entries({ ...row.attribute_mapping, ...changes }).filter(([, path]) => path !== null),
	);

/**
 * The routes of directories, which the API has under two names.
 *
 * @param {Kind} kind
 * @param {string} base
 * @returns {import('../server').Routes}
 */
function routesOf(kind, base) {
	const param = `${kind}_id`;
	const { id, name, required } = GROUP[kind];
	const directories = crud({
		object: kind,
		table: (state) => state.directories,
		present: (row, state) => presentDirectory(state, kind, row),
	});
	/** @param {State} state @param {Record<string, string>} params */
	const find = (state, params) => directories.find(state, params[param]);
	/** @param {State} state @param {DirectoryRow} directory */
	const all = (state, directory) => {
		const data = mappingsOf(state, directory).map((one) => presentMapping(state, kind, one));
		return { data, total_count: data.length };
	};
	/** @param {Values} fields @param {string[]} [needed] */
	const mappings = (fields, needed = required) => ({ type: 'array', items: open(fields, needed) });

	return {
		[`GET ${base}`]: directories.list(),
		[`POST ${base}`]: {
			body: open(
				{
					enterprise_connection_id: text,
					name: text,
					provider: text,
					group_role_mappings: mappings({ ...id, ...name, role_id: text, precedence }),
				},
				['enterprise_connection_id', 'provider'],
			),
			respond: ({ state, body }) => {
				const { group_role_mappings: given = [], ...fields } = body;
				const isKnown = state.enterpriseConnections.get(body.enterprise_connection_id);
				if (!isKnown) refuse(badValue('enterprise_connection_id', 'is not that of a connection'));
				const made = checked(state, given);
				const row = newDirectory(state, {
					.../** @type {any} */ (fields),
					group_role_mapping_enabled: made.length > 0,
				});
				state.directories.insert(row);
				made.forEach((one, at) =>
					newMapping(state, { ...one, directory_id: row.id, precedence: one.precedence ?? at + 1 }),
				);
				return { ...presentDirectory(state, kind, row), ...newKey(state) };
			},
		},
		[`GET ${base}/{${param}}`]: directories.get(param),
		[`PATCH ${base}/{${param}}`]: directories.update(
			param,
			open({
				name: text,
				enabled: flag,
				provider: text,
				attribute_mapping: { type: 'object', additionalProperties: nullable(text) },
				group_role_mapping_enabled: flag,
			}),
			({ attribute_mapping: changes, ...body }, row) => ({
				...body,
				attribute_mapping: mergedMapping(row, changes ?? {}),
			}),
		),
		[`DELETE ${base}/{${param}}`]: directories.delete(param, (row, state) => {
			for (const one of mappingsOf(state, row)) state.groupRoleMappings.remove(one);
		}),
		[`POST ${base}/{${param}}/rotate_api_key`]: {
			respond: ({ state, params }) => ({
				...presentDirectory(state, kind, find(state, params)),
				...newKey(state),
			}),
		},
		[`GET ${base}/{${param}}/group_role_mappings`]: {
			respond: ({ state, params }) => all(state, find(state, params)),
		},
		[`POST ${base}/{${param}}/group_role_mappings`]: {
			body: open({ ...id, role_id: text, precedence }, required),
			respond: ({ state, params, body }) => {
				const directory = find(state, params);
				requireMapping(directory);
				const [made] = checked(state, [body]);
				const last = mappingsOf(state, directory).at(-1)?.precedence ?? 0;
				const fields = /** @type {any} */ ({
					precedence: last + 1,
					...JSON.parse(JSON.stringify(made)),
				});
				const mapping = newMapping(state, { ...fields, directory_id: directory.id });
				return presentMapping(state, kind, mapping);
			},
		},
		[`PUT ${base}/{${param}}/group_role_mappings`]: {
			body: open({ mappings: mappings({ ...id, role_id: text }) }, ['mappings']),
			respond: ({ state, params, body }) => {
				const directory = find(state, params);
				requireMapping(directory);
				const made = checked(state, body.mappings);
				for (const one of mappingsOf(state, directory)) state.groupRoleMappings.remove(one);
				made.forEach((one, at) =>
					newMapping(state, { ...one, directory_id: directory.id, precedence: at + 1 }),
				);
				return all(state, directory);
			},
		},
		[`DELETE ${base}/{${param}}/group_role_mappings/{mapping_id}`]: {
			respond: ({ state, params }) => {
				const directory = find(state, params);
				requireMapping(directory);
				const mapping = state.groupRoleMappings.get(params.mapping_id ?? '');
				if (mapping?.directory_id !== directory.id) {
					throw notFound('group role mapping', params.mapping_id ?? '');
				}
				state.groupRoleMappings.remove(mapping);
				const { object } = presentMapping(state, kind, mapping);
				return { object, id: mapping.id, deleted: true };
			},
		},
	};
}

module.exports = {
	...routesOf('directory', '/directories'),
	...routesOf('scim_directory', '/scim_directories'),
};
