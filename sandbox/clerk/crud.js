'use strict';

const { notFound } = require('./errors');
const { withTotal } = require('./lists');
const { flag, open, paging } = require('./validation');

/** @typedef {import('./state').State} State */
/** @typedef {import('./server').Route} Route */
/** @typedef {import('./validation').Schema} Schema */

/**
 * The plain operations of one table. Each gives the entry of a route, so that a resource's file lists
 * its request lines beside what they take.
 *
 * @template {import('./table').Row} T
 * @param {object} kind
 * @param {string} kind.object as Clerk calls it: `redirect_url`
 * @param {(state: State) => import('./table').Table<T>} kind.table
 * @param {(row: T, state: State) => unknown} [kind.present] how the API shows a row; as it is, if nothing else is said
 */
function crud({ object, table, present = (row) => ({ object, ...row }) }) {
	/** @param {State} state @param {string} [id] */
	function find(state, id = '') {
		const row = table(state).get(id);
		if (!row) throw notFound(object.replaceAll('_', ' '), id);
		return row;
	}

	/** @param {State} state @param {T} row @param {Partial<T>} changes */
	const save = (state, row, changes) =>
		present(table(state).update(row, { updated_at: state.clock(), ...changes }), state);

	/** Newest first. @param {State} state */
	const newest = (state) => [...table(state).rows].reverse();

	return {
		find,
		save,

		/** @param {Schema} body @param {(state: State, body: any) => T} make @returns {Route} */
		create: (body, make) => ({
			body,
			respond: (call) => present(table(call.state).insert(make(call.state, call.body)), call.state),
		}),

		/** @param {string} param @returns {Route} */
		get: (param) => ({
			respond: ({ state, params }) => present(find(state, params[param]), state),
		}),

		/** @param {string} param @param {Schema} body @param {(body: any, row: T, state: State) => Partial<T>} [change] @returns {Route} */
		update: (param, body, change = (given) => given) => ({
			body,
			respond: (call) => {
				const row = find(call.state, call.params[param]);
				return save(call.state, row, change(call.body, row, call.state));
			},
		}),

		/** A change that takes no body, such as revoking. @param {string} param @param {(row: T, state: State) => Partial<T>} change @returns {Route} */
		change: (param, change) => ({
			respond: ({ state, params }) => {
				const row = find(state, params[param]);
				return save(state, row, change(row, state));
			},
		}),

		/** @param {string} param @param {(row: T, state: State) => void} [check] what may refuse it @returns {Route} */
		delete: (param, check = () => {}) => ({
			respond: ({ state, params }) => {
				const row = find(state, params[param]);
				check(row, state);
				table(state).remove(row);
				return { object, id: row.id, deleted: true };
			},
		}),

		/** `{ data, total_count }`, in pages. @param {Record<string, Schema>} [query] @param {(rows: T[], query: any, state: State) => T[]} [choose] @returns {Route} */
		list: (query = {}, choose = (rows) => rows) => ({
			query: open({ ...paging, ...query }),
			respond: (call) =>
				withTotal(choose(newest(call.state), call.query, call.state), call.query, (row) =>
					present(row, call.state),
				),
		}),

		/** A bare array, unless it is asked to page. @returns {Route} */
		arrayUnlessPaginated: () => ({
			query: open({ ...paging, paginated: flag }),
			respond: ({ state, query }) => {
				const page = withTotal(newest(state), query, (row) => present(row, state));
				return query.paginated ? page : page.data;
			},
		}),

		/** All there is at once. @returns {Route} */
		whole: () => ({
			respond: ({ state }) => {
				const rows = newest(state).map((row) => present(row, state));
				return { data: rows, total_count: rows.length };
			},
		}),
	};
}

module.exports = { crud };
