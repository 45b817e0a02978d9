'use strict';

const defaults = require('./seeds/defaults.json');

/**
 * @typedef {'created' | 'updated' | 'deleted'} Change
 * @typedef {(change: Change, row: any, before?: any) => void} Observer `before`: a copy of what was updated
 */

/** @param {any} a @param {any} b */
const byCreation = (a, b) =>
	a.created_at - b.created_at || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Where a row is or would be in the order of creation. @param {readonly any[]} rows @param {any} row */
function positionIn(rows, row) {
	let low = 0;
	let high = rows.length;
	// Rows mostly arrive in order: look at the end before searching.
	if (high > 0 && byCreation(rows[high - 1], row) < 0) return high;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (byCreation(rows[middle], row) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** A copy, since a list that was read stays as it was. @param {readonly any[]} rows @param {any} row */
function withRow(rows, row) {
	const at = positionIn(rows, row);
	return [...rows.slice(0, at), row, ...rows.slice(at)];
}

/**
 * Records in the order of their creation, which every list of Clerk's starts from. The order is
 * kept while writing, so that a page of a hundred thousand rows costs no sorting.
 * @template {{ id: string }} T
 */
class Table {
	/** @type {T[]} */
	#rows = [];

	/** @type {Map<string, T>} */
	#byId = new Map();

	/** @type {Record<string, Map<string, T[]>>} */
	#indexes;

	#keysOf;

	/** @type {Observer | undefined} */
	#observer;

	/** @param {Record<string, (row: T) => (string | null)[]>} [keysOf] the keys of a row, by index */
	constructor(keysOf = {}) {
		this.#keysOf = keysOf;
		this.#indexes = Object.fromEntries(Object.keys(keysOf).map((index) => [index, new Map()]));
	}

	get size() {
		return this.#rows.length;
	}

	/** Oldest first. @returns {readonly T[]} */
	get rows() {
		return this.#rows;
	}

	/** @param {string} id */
	get(id) {
		return this.#byId.get(id);
	}

	/** Oldest first, by an index or a field. @type {(index: string, key: string) => readonly T[]} */
	where(index, key) {
		const keys = this.#indexes[index];
		if (keys) return keys.get(key) ?? [];
		return this.#rows.filter((row) => /** @type {Values} */ (row)[index] === key);
	}

	/** Reports every change from now on. @param {Observer} observer */
	observe(observer) {
		this.#observer = observer;
	}

	/** @param {T} row */
	insert(row) {
		this.#put(row);
		this.#observer?.('created', row);
		return row;
	}

	/** @param {T} row */
	remove(row) {
		this.#take(row);
		this.#observer?.('deleted', row);
	}

	/** @param {T} row @param {Partial<T>} changes */
	update(row, changes) {
		const before = this.#observer && { ...row };
		this.#take(row);
		this.#put(Object.assign(row, changes));
		this.#observer?.('updated', row, before);
		return row;
	}

	/** @param {T} row */
	#put(row) {
		this.#rows.splice(positionIn(this.#rows, row), 0, row);
		this.#byId.set(row.id, row);
		this.#reindex(row, (rows) => withRow(rows, row));
	}

	/** @param {T} row */
	#take(row) {
		this.#rows.splice(positionIn(this.#rows, row), 1);
		this.#byId.delete(row.id);
		this.#reindex(row, (rows) => rows.filter((other) => other !== row));
	}

	/** @param {T} row @param {(rows: T[]) => T[]} changed what is under one of its keys */
	#reindex(row, changed) {
		for (const [index, keysOf] of Object.entries(this.#keysOf)) {
			const keys = /** @type {Map<string, T[]>} */ (this.#indexes[index]);
			for (const key of keysOf(row)) {
				if (key !== null) keys.set(key, changed(keys.get(key) ?? []));
			}
		}
	}
}

/** What a new row of a table has unless it is given. @param {string} table @returns {Values} */
const defaultsOf = (table) =>
	structuredClone(/** @type {Record<string, Values>} */ (defaults)[table] ?? {});

/**
 * A row of a table, with what every one has. The id is of the time of the creation.
 *
 * @type {(state: State, table: string, prefix: string, fields: Values) => any}
 */
const newRow = (state, table, prefix, { created_at: at = state.clock(), ...fields }) => ({
	...defaultsOf(table),
	created_at: at,
	updated_at: at,
	...fields,
	id: state.newId(prefix, at),
});

/** @param {Table<any>[]} tables @param {string} field @param {string} value */
function removeWhere(tables, field, value) {
	for (const table of tables) {
		for (const row of [...table.where(field, value)]) table.remove(row);
	}
}

module.exports = { Table, defaultsOf, newRow, positionIn, removeWhere };
