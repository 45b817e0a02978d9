'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { hexId } = require('../ids');
const { defineResource } = require('../resource');

const MOST_SCOPES = 150;

const machines = defineResource({
	path: '/machines',
	table: 'machines',
	prefix: 'mch',
	search: ['name'],
	defaults: (state) => ({
		instance_id: 'ins_3000000000000000000000000000',
		default_token_ttl: 3600,
		/** Ids of those it may call. */
		scoped_machines: [],
		secret_key: hexId(state, 'ak'),
		/** The secret key before, and until when it opens something. */
		previous_key: null,
	}),
	shown: ({ scoped_machines: ids }, state) => ({
		scoped_machines: ids.flatMap((/** @type {string} */ id) => state.machines.get(id) ?? []),
	}),
	fields({ state, body }) {
		for (const id of body.scoped_machines ?? []) machines.find(state, id);
		return body;
	},
	removing({ id }, state) {
		for (const token of state.m2mTokens.where('subject', id)) state.m2mTokens.remove(token);
		for (const other of state.machines.rows) other.scoped_machines = without(other, id);
	},
	routes: {
		'GET /machines/{machine_id}/secret_key': ({ row }) => ({ secret: row.secret_key }),
		'POST /machines/{machine_id}/secret_key/rotate': ({ state, row, body, save }) => {
			const until = state.clock() + body.previous_token_ttl * 1000;
			const previous_key = { key: row.secret_key, until };
			return { secret: save({ secret_key: hexId(state, 'ak'), previous_key }).secret_key };
		},
		'POST /machines/{machine_id}/scopes': addScope,
		'DELETE /machines/{machine_id}/scopes/{other_machine_id}': ({ row, params, save }) => {
			const id = params.other_machine_id ?? '';
			if (!row.scoped_machines.includes(id)) throw notFound('machine scope', id);
			save({ scoped_machines: without(row, id) });
			return { from_machine_id: row.id, to_machine_id: id, deleted: true };
		},
	},
});

/** @param {Row} machine @param {string} id @returns {string[]} */
function without({ scoped_machines: ids }, id) {
	return ids.filter((/** @type {string} */ other) => other !== id);
}

/** @param {Call} call */
function addScope({ state, row, body, save }) {
	const { id } = machines.find(state, body.to_machine_id);
	if (row.scoped_machines.includes(id)) {
		throw refusal(409, 'machine_scope_already_exists', 'The machine may call the other already.');
	}
	if (row.scoped_machines.length >= MOST_SCOPES) {
		refuse(
			badValue('to_machine_id', `would be more than the ${MOST_SCOPES} that a machine may call`),
		);
	}
	save({ scoped_machines: [...row.scoped_machines, id] });
	return { from_machine_id: row.id, to_machine_id: id, created_at: state.clock() };
}

/** Whose secret key it is, be it the present one or one that may still be used. @param {State} state @param {string} key */
const machineWithKey = (state, key) =>
	state.machines.rows.find(
		({ secret_key: present, previous_key: previous }) =>
			present === key || (previous?.key === key && previous.until > state.clock()),
	);

module.exports = { ...machines, machineWithKey };
