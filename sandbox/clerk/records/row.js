'use strict';

/**
 * A row of a table, with what every one has.
 *
 * @param {State} state
 * @param {string} prefix of the id, which is of the time of the creation
 * @param {Values} fields
 * @returns {any}
 */
const newRow = (state, prefix, { created_at: at = state.clock(), ...fields }) => ({
	created_at: at,
	updated_at: at,
	...fields,
	id: state.newId(prefix, at),
});

module.exports = { newRow };
