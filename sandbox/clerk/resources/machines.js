'use strict';

const { crud } = require('../crud');
const { badValue, notFound, refusal, refuse } = require('../errors');
const { hexId, newMachine, presentMachine } = require('../records/machine');
const { searchable } = require('../searchable');
const { integer, open, text, texts } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/machine').MachineRow} MachineRow */

const machines = crud({
	object: 'machine',
	table: (/** @type {State} */ { machines: table }) => table,
	present: presentMachine,
});

const MOST_SCOPES = 150;

const fields = {
	name: { ...text, minLength: 1, maxLength: 255 },
	default_token_ttl: { ...integer, minimum: 1, maximum: 315_360_000 },
};

/** @param {string} secret */
const presentKey = (secret) => ({ object: 'machine_secret_key', secret });

/** @param {State} state @param {MachineRow} machine @param {string} otherId */
function addScope(state, machine, otherId) {
	const other = machines.find(state, otherId);
	if (machine.scoped_machines.includes(other.id)) {
		throw refusal(409, 'machine_scope_already_exists', 'The machine may call the other already.');
	}
	refuse(
		...(machine.scoped_machines.length >= MOST_SCOPES
			? [badValue('to_machine_id', `would be more than the ${MOST_SCOPES} that a machine may call`)]
			: []),
	);
	const changes = { scoped_machines: [...machine.scoped_machines, other.id] };
	state.machines.update(machine, changes);
	return {
		object: 'machine_scope',
		from_machine_id: machine.id,
		to_machine_id: other.id,
		created_at: state.clock(),
	};
}

/** @param {State} state @param {MachineRow} machine @param {string} otherId */
function removeScope(state, machine, otherId) {
	if (!machine.scoped_machines.includes(otherId)) throw notFound('machine scope', otherId);
	const others = machine.scoped_machines.filter((id) => id !== otherId);
	state.machines.update(machine, { scoped_machines: others });
	return {
		object: 'machine_scope',
		from_machine_id: machine.id,
		to_machine_id: otherId,
		deleted: true,
	};
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /machines': machines.list(...searchable('name')),
	'POST /machines': {
		body: open({ ...fields, scoped_machines: { ...texts, maxItems: MOST_SCOPES } }, ['name']),
		respond: ({ state, body }) => {
			for (const id of body.scoped_machines ?? []) machines.find(state, id);
			const machine = newMachine(state, /** @type {{ name: string }} */ (body));
			state.machines.insert(machine);
			return { ...presentMachine(machine, state), secret_key: machine.secret_key };
		},
	},
	'GET /machines/{machine_id}': machines.get('machine_id'),
	'PATCH /machines/{machine_id}': machines.update('machine_id', open(fields)),
	'DELETE /machines/{machine_id}': machines.delete('machine_id', ({ id }, state) => {
		for (const token of [...state.m2mTokens.where('subject', id)]) state.m2mTokens.remove(token);
		for (const other of state.machines.rows) {
			other.scoped_machines = other.scoped_machines.filter((scoped) => scoped !== id);
		}
	}),
	'GET /machines/{machine_id}/secret_key': {
		respond: ({ state, params }) => presentKey(machines.find(state, params.machine_id).secret_key),
	},
	'POST /machines/{machine_id}/secret_key/rotate': {
		body: open({ previous_token_ttl: { ...integer, minimum: 0, maximum: 28_800 } }, [
			'previous_token_ttl',
		]),
		respond: ({ state, params, body }) => {
			const machine = machines.find(state, params.machine_id);
			const until = state.clock() + body.previous_token_ttl * 1000;
			const { secret_key } = state.machines.update(machine, {
				secret_key: hexId(state, 'ak'),
				previous_key: { key: machine.secret_key, until },
				updated_at: state.clock(),
			});
			return presentKey(secret_key);
		},
	},
	'POST /machines/{machine_id}/scopes': {
		body: open({ to_machine_id: text }, ['to_machine_id']),
		respond: ({ state, params, body }) =>
			addScope(state, machines.find(state, params.machine_id), body.to_machine_id),
	},
	'DELETE /machines/{machine_id}/scopes/{other_machine_id}': {
		respond: ({ state, params }) =>
			removeScope(state, machines.find(state, params.machine_id), params.other_machine_id ?? ''),
	},
};
