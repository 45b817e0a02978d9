'use strict';

const { createHash } = require('node:crypto');

/**
 * @typedef {object} MachineRow
 * @property {string} id
 * @property {string} name
 * @property {number} default_token_ttl seconds
 * @property {string[]} scoped_machines ids of those it may call
 * @property {string} secret_key
 * @property {{ key: string, until: number } | null} previous_key
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

const INSTANCE_ID = 'ins_3000000000000000000000000000';

/** Ids and secrets of what machines and applications authenticate with: 32 hexadecimal digits. @param {State} state @param {string} prefix */
const hexId = (state, prefix) =>
	`${prefix}_${createHash('md5').update(state.newId(prefix)).digest('hex')}`;

/**
 * @param {State} state
 * @param {Partial<MachineRow> & { name: string }} fields
 * @returns {MachineRow}
 */
function newMachine(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		default_token_ttl: 3600,
		scoped_machines: [],
		secret_key: hexId(state, 'ak'),
		previous_key: null,
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('mch', at),
	};
}

/** @param {MachineRow} machine */
const alone = ({ scoped_machines, secret_key, previous_key, ...shown }) => ({
	object: 'machine',
	...shown,
	instance_id: INSTANCE_ID,
});

/** @param {MachineRow} machine @param {State} state */
const presentMachine = (machine, state) => ({
	...alone(machine),
	scoped_machines: machine.scoped_machines.flatMap((id) => state.machines.get(id) ?? []).map(alone),
});

/** Whose secret key it is, be it the present one or one that may still be used. @param {State} state @param {string} key */
const machineWithKey = (state, key) =>
	state.machines
		.where('secret_key', key)
		.find(
			({ secret_key: present, previous_key: previous }) =>
				present === key || (previous?.until ?? 0) > state.clock(),
		);

module.exports = { hexId, machineWithKey, newMachine, presentMachine };
